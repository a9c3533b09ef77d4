"""Who asks: session and person, fetched at every request, so both queries keep their text."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.tersusun import Pk, Teks, fetch


class SessionStore(DatabaseSession):
    """As Django's, in the same table."""

    def load(self) -> dict[str, Any]:
        for data, expire_date in fetch(_sesi, Teks(self.session_key)):
            if expire_date > timezone.now():
                return self.decode(data)
        self._session_key = None
        return {}


def _sesi(kunci: str) -> QuerySet:
    return Session.objects.filter(session_key=kunci).values_list("session_data", "expire_date")


class Pengenal(AuthenticationBackend):
    """As allauth's: who logs in is asked there."""

    def get_user(self, user_id: int) -> User | None:
        user = next(iter(fetch(_orang, Pk(user_id))), None)
        return user if user and self.user_can_authenticate(user) else None


def _orang(user: int) -> QuerySet[User]:
    return User.objects.filter(pk=user)
