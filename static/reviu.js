// Shortcuts of the review queue. J K S P act only outside of fields, and can be switched off (WCAG 2.1.4).
(function () {
  "use strict";
  const KUNCI = "zi-pintasan";

  function menyala() {
    return localStorage.getItem(KUNCI) !== "mati";
  }

  function gambar() {
    const bagian = document.getElementById("pintasan");
    if (!bagian) return;
    bagian.hidden = false;
    const sakelar = bagian.querySelector("[data-sakelar-pintasan]");
    sakelar.textContent = menyala() ? "Matikan pintasan" : "Nyalakan pintasan";
    sakelar.removeAttribute("aria-pressed");
    bagian.querySelector("ul").hidden = !menyala();
  }

  function sedangMengetik(el) {
    return el.matches("textarea, select, input:not([type=radio])") || el.isContentEditable;
  }

  function tekan(huruf) {
    const tujuan = document.querySelector('[data-pintas="' + huruf + '"]');
    if (!tujuan) return false;
    tujuan.click();
    if (tujuan.type === "radio") {
      (huruf === "p" ? document.getElementById("id_catatan") : tujuan).focus();
    }
    return true;
  }

  document.addEventListener("keydown", function (e) {
    const formulir = document.getElementById("putusan");
    if (!document.getElementById("reviu") || !menyala() || e.altKey || e.metaKey) return;
    if (e.ctrlKey) {
      if (e.key === "Enter" && formulir) {
        e.preventDefault();
        formulir.requestSubmit();
      }
      return;
    }
    if (!sedangMengetik(e.target) && "jksp".includes(e.key.toLowerCase()) && tekan(e.key.toLowerCase())) {
      e.preventDefault();
    }
  });

  document.addEventListener("click", function (e) {
    if (!e.target.closest("[data-sakelar-pintasan]")) return;
    localStorage.setItem(KUNCI, menyala() ? "mati" : "menyala");
    gambar();
  });

  // One decision is one request, however often the button is pressed.
  document.addEventListener("submit", function (e) {
    if (e.target.id !== "putusan") return;
    const tombol = e.target.querySelector("[type=submit]");
    window.setTimeout(function () { tombol.disabled = true; });
  });

  // After a swap the reading starts at the new demand, not at the top of the page; errors keep their field.
  document.addEventListener("htmx:afterSettle", function () {
    gambar();
    const salah = document.querySelector("#putusan [aria-invalid=true]");
    const judul = document.getElementById("dm");
    if (salah) salah.focus();
    else if (judul) judul.focus({ preventScroll: true });
  });
  document.addEventListener("DOMContentLoaded", gambar);
})();
