// Beside each date field, its date in Indonesian words: browsers show dates in the language of the device.
(function () {
  "use strict";
  const BULAN = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" ");

  function kata(iso) {
    const cocok = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso || "");
    return cocok ? Number(cocok[3]) + " " + BULAN[Number(cocok[2]) - 1] + " " + Number(cocok[1]) : "";
  }

  function tempat(isian) {
    const bungkus = isian.closest(".tanggal-isian");
    let p = bungkus ? bungkus.querySelector(".tanggal-kata") : isian.nextElementSibling;
    if (!p || !p.matches(".tanggal-kata")) {
      p = document.createElement("p");
      p.className = "tanggal-kata";
      p.setAttribute("aria-live", "polite");
      isian.after(p);
    }
    return p;
  }

  function tulis(isian) {
    tempat(isian).textContent = kata(isian.value);
  }

  function semua() {
    document.querySelectorAll("input[type=date][data-tanggal]").forEach(tulis);
  }

  document.addEventListener("input", function (e) {
    if (e.target.matches("input[type=date][data-tanggal]")) tulis(e.target);
  });
  document.addEventListener("htmx:afterSettle", semua);
  document.addEventListener("DOMContentLoaded", semua);
  window.ziTanggal = { kata: kata, tulis: tulis };
})();
