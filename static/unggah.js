// Each file travels by itself with its own progress, date and title; the plain form does the same without this.
// States of a row: dipilih (chosen), jalan (travelling), gagal (refused or cut off). Received pieces leave for #draf.
(function () {
  "use strict";
  const MB = 1024 * 1024;

  function ukuran(bita) {
    if (bita < 1000) return bita + " B";
    const kb = bita / 1024;
    const nilai = kb < 1000 ? kb : kb / 1024;
    return nilai.toFixed(1).replace(".", ",") + (kb < 1000 ? " KB" : " MB");
  }

  function mulai() {
    const formulir = document.getElementById("unggah");
    if (!formulir) return;
    const daftar = document.getElementById("dipilih");
    const pola = document.getElementById("baris-berkas");
    const kabar = document.getElementById("keadaan-unggah");
    const umum = { judul: formulir.elements.judul, tanggal: formulir.elements.tanggal_dokumen };
    const batas = Number(formulir.dataset.maksMb) * MB;
    const barisan = [];
    let sibuk = false;
    let nomor = 0;

    function bagian(baris, nama) {
      return baris.li.querySelector('[data-isi="' + nama + '"]');
    }

    function katakan(teks) {
      kabar.textContent = teks;
    }

    function hitung(keadaan) {
      return barisan.filter(function (b) { return b.keadaan === keadaan; }).length;
    }

    function ringkas() {
      const diterima = document.querySelectorAll("#draf .berkas > li").length;
      const kata = [];
      if (diterima) kata.push(diterima + " bukti diterima");
      if (hitung("dipilih")) kata.push(hitung("dipilih") + " dipilih, belum terunggah");
      if (hitung("jalan")) kata.push(hitung("jalan") + " sedang diunggah");
      if (hitung("gagal")) kata.push(hitung("gagal") + " gagal");
      const saran = hitung("gagal") ? " Perbaiki atau batalkan yang gagal, lalu kirim." : "";
      katakan("Belum dikirim. " + (kata.length ? kata.join(", ") + "." : "Belum ada bukti yang diterima.") + saran);
    }

    function tandai(baris, keadaan, pesan) {
      baris.keadaan = keadaan;
      baris.li.classList.toggle("gagal", keadaan === "gagal");
      const galat = bagian(baris, "galat");
      galat.hidden = keadaan !== "gagal";
      galat.querySelector("span").textContent = keadaan === "gagal" ? pesan : "";
      bagian(baris, "keadaan").textContent = ukuran(baris.berkas.size) + (keadaan === "gagal" ? "" : ", " + pesan);
      baris.li.querySelector("progress").hidden = keadaan !== "jalan";
    }

    function ikuti(isian, sumber) {
      isian.value = sumber.value;
      isian.addEventListener("input", function () { isian.dataset.sendiri = "ya"; });
      sumber.addEventListener("input", function () {
        if (isian.dataset.sendiri) return;
        isian.value = sumber.value;
        if (isian.type === "date") window.ziTanggal.tulis(isian);
      });
    }

    function tambah(berkas) {
      const li = pola.content.firstElementChild.cloneNode(true);
      const baris = { li: li, berkas: berkas, keadaan: "dipilih" };
      const id = "berkas-" + (nomor += 1);
      bagian(baris, "nama").textContent = berkas.name;
      bagian(baris, "hapus").setAttribute("aria-label", "Batalkan " + berkas.name);
      bagian(baris, "hapus").addEventListener("click", function () { buang(baris); });
      li.querySelector("progress").setAttribute("aria-label", "Kemajuan " + berkas.name);
      ["judul", "tanggal"].forEach(function (nama) {
        const isian = bagian(baris, nama);
        isian.id = id + "-" + nama;
        isian.previousElementSibling.htmlFor = isian.id;
        ikuti(isian, umum[nama]);
      });
      bagian(baris, "tanggal").max = umum.tanggal.max;
      bagian(baris, "tanggal").dataset.tanggal = "";
      daftar.append(li);
      barisan.push(baris);
      window.ziTanggal.tulis(bagian(baris, "tanggal"));
      if (berkas.size > batas) tandai(baris, "gagal", "Berkas ini lebih besar dari " + formulir.dataset.maksMb + " MB. Perkecil atau bagi menjadi beberapa, lalu pilih lagi.");
      else if (!berkas.size) tandai(baris, "gagal", "Berkas ini kosong (0 bita). Periksa berkasnya, lalu pilih lagi.");
      else tandai(baris, "dipilih", "dipilih, belum terunggah");
      baris.tetap = baris.keadaan === "gagal";
    }

    function buang(baris) {
      if (baris.kirim) baris.kirim.abort();
      barisan.splice(barisan.indexOf(baris), 1);
      baris.li.remove();
      daftar.hidden = !barisan.length;
      ringkas();
      formulir.elements.berkas.focus();
    }

    function kirimSatu(baris) {
      if (!bagian(baris, "tanggal").value || !bagian(baris, "judul").value.trim()) {
        tandai(baris, "gagal", bagian(baris, "tanggal").value ? "Tulis isi dokumen." : "Isi tanggal dokumen.");
        return Promise.resolve();
      }
      return new Promise(function (selesai) {
        const data = new FormData();
        data.append("csrfmiddlewaretoken", formulir.elements.csrfmiddlewaretoken.value);
        data.append("aksi", "terima");
        data.append("berkas", baris.berkas, baris.berkas.name);
        data.append("judul", bagian(baris, "judul").value);
        data.append("tanggal_dokumen", bagian(baris, "tanggal").value);
        if (formulir.elements.rahasia.checked) data.append("rahasia", "on");
        const xhr = new XMLHttpRequest();
        baris.kirim = xhr;
        const bilah = baris.li.querySelector("progress");
        bilah.value = 0;
        tandai(baris, "jalan", "mengunggah 0%");
        xhr.upload.addEventListener("progress", function (e) {
          if (!e.lengthComputable) return;
          const persen = Math.round((100 * e.loaded) / e.total);
          bilah.value = persen;
          bagian(baris, "keadaan").textContent = (persen < 100 ? "Mengunggah " + persen + "%, " + ukuran(e.loaded) + " dari " : "Diperiksa, ") + ukuran(baris.berkas.size);
        });
        xhr.addEventListener("load", function () { jawab(baris, xhr); selesai(); });
        xhr.addEventListener("error", function () { tandai(baris, "gagal", "Sambungan terputus. Tekan tombol kirim atau simpan untuk mencoba lagi."); selesai(); });
        xhr.addEventListener("abort", function () { selesai(); });
        xhr.open("POST", formulir.action);
        xhr.setRequestHeader("Accept", "application/json");
        xhr.send(data);
      });
    }

    function jawab(baris, xhr) {
      let isi = {};
      try { isi = JSON.parse(xhr.responseText); } catch (e) { isi = {}; }
      if (xhr.status !== 200 || !isi.draf) {
        tandai(baris, "gagal", (isi.galat || ["Unggahan ditolak. Muat ulang halaman; bila perlu masuk lagi, lalu pilih lagi berkasnya."]).join(" "));
        return;
      }
      baris.keadaan = "diterima";
      barisan.splice(barisan.indexOf(baris), 1);
      baris.li.remove();
      daftar.hidden = !barisan.length;
      const draf = document.getElementById("draf");
      const baru = new DOMParser().parseFromString(isi.draf, "text/html").getElementById("draf");
      draf.replaceWith(baru);
      if (window.htmx) window.htmx.process(baru);
      isi.ingat.forEach(function (teks) {
        const p = document.createElement("p");
        p.className = "kecil";
        p.textContent = teks;
        baru.append(p);
      });
    }

    function kunci(ya) {
      sibuk = ya;
      formulir.querySelectorAll("button[name=aksi]").forEach(function (t) { t.disabled = ya; });
    }

    async function jalankan(aksi) {
      kunci(true);
      for (const baris of barisan.filter(function (b) { return !b.tetap; })) {
        if (!barisan.includes(baris)) continue;
        katakan("Mengunggah " + baris.berkas.name + ".");
        await kirimSatu(baris);
      }
      if (barisan.length) {
        kunci(false);
        ringkas();
        const gagal = daftar.querySelector(".gagal");
        if (gagal) {
          gagal.scrollIntoView({ block: "center" });
          const isian = gagal.querySelector("[data-isi=tanggal]");
          isian.focus({ preventScroll: true });
        }
        return;
      }
      katakan(aksi === "kirim" ? "Semua berkas diterima. Mengirim untuk reviu." : "Semua berkas diterima. Menyimpan draf.");
      const tanda = document.createElement("input");
      tanda.type = "hidden";
      tanda.name = "aksi";
      tanda.value = aksi;
      formulir.append(tanda);
      formulir.submit();
    }

    formulir.querySelectorAll("input.pilih").forEach(function (isian) {
      isian.addEventListener("change", function () {
        Array.from(isian.files).forEach(tambah);
        isian.value = "";
        daftar.hidden = !barisan.length;
        ringkas();
      });
    });

    formulir.addEventListener("submit", function (e) {
      e.preventDefault();
      if (sibuk) return;
      jalankan(e.submitter ? e.submitter.value : "kirim");
    });

    document.addEventListener("htmx:afterSettle", ringkas);
    // Back from the next page: the browser may show this one as it was left.
    window.addEventListener("pageshow", function (e) { if (e.persisted) window.location.reload(); });
  }

  document.addEventListener("DOMContentLoaded", mulai);
})();
