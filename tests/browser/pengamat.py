from playwright.sync_api import ConsoleMessage, Page, Request, Response


class Pengamat:
    """Everything that went wrong in a browser, though the page may look right."""

    def __init__(self) -> None:
        self.keluhan: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.keluhan.append(f"galat skrip: {error}"))
        page.on("console", self._console)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _console(self, pesan: ConsoleMessage) -> None:
        # A refused page (403, 404) is reported here too; responses are judged below.
        if pesan.type == "error" and not pesan.text.startswith("Failed to load resource"):
            self.keluhan.append(f"konsol: {pesan.text} ({pesan.location.get('url')})")

    def _failed(self, request: Request) -> None:
        # A download, and a page that is left while it loads, end this way.
        if request.failure != "net::ERR_ABORTED":
            self.keluhan.append(f"gagal dimuat: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        # 422 is the answer to a form, or to one file, that was refused in words.
        is_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and response.status != 422 and not is_page):
            self.keluhan.append(f"{response.status}: {response.url}")
