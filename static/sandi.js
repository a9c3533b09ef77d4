// "Lihat": show what was typed as a password. Without this script the button stays hidden.
document.addEventListener("DOMContentLoaded", () => {
  for (const wadah of document.querySelectorAll("[data-sandi]")) {
    const isian = wadah.querySelector("input");
    const tombol = wadah.querySelector("button");
    const tampilkan = (terlihat) => {
      isian.type = terlihat ? "text" : "password";
      tombol.setAttribute("aria-pressed", String(terlihat));
    };
    tombol.hidden = false;
    wadah.classList.add("sandi--ada-tombol");
    tombol.addEventListener("click", () => tampilkan(isian.type === "password"));
    // Never sent as text: browsers would remember it among what was typed.
    isian.form.addEventListener("submit", () => tampilkan(false));
  }
});
