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
    // What is said once for all files; a row may say it otherwise (menggantikan is there in a second round only).
    const umum = { judul: formulir.elements.judul, tanggal: formulir.elements.tanggal_dokumen, menggantikan: formulir.elements.menggantikan };
    const batas = Number(formulir.dataset.maksMb) * MB;
    const barisan = [];
    let sibuk = false;
    let nomor = 0;

    function isianUmum() {
      return Object.keys(umum).filter(function (nama) { return umum[nama]; });
    }

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

    function ikuti(baris, nama) {
      const isian = bagian(baris, nama);
      if (isian.dataset.sendiri) return;
      isian.value = umum[nama].value;
      if (isian.type === "date") window.ziTanggal.tulis(isian);
    }

    function tambah(berkas) {
      const li = pola.content.firstElementChild.cloneNode(true);
      const baris = { li: li, berkas: berkas, keadaan: "dipilih" };
      const id = "berkas-" + (nomor += 1);
      li.querySelectorAll("[data-isi=nama]").forEach(function (e) { e.textContent = berkas.name; });
      bagian(baris, "hapus").setAttribute("aria-label", "Batalkan " + berkas.name);
      bagian(baris, "hapus").addEventListener("click", function () { buang(baris); });
      li.querySelector("progress").setAttribute("aria-label", "Kemajuan " + berkas.name);
      bagian(baris, "tanggal").max = umum.tanggal.max;
      bagian(baris, "tanggal").dataset.tanggal = "";
      isianUmum().forEach(function (nama) {
        const isian = bagian(baris, nama);
        isian.id = id + "-" + nama;
        isian.previousElementSibling.htmlFor = isian.id;
        isian.addEventListener("input", function () { isian.dataset.sendiri = "ya"; });
        ikuti(baris, nama);
      });
      daftar.append(li);
      barisan.push(baris);
      satuVersi(barisan.length);
      if (berkas.size > batas) tandai(baris, "gagal", "Berkas ini lebih besar dari " + formulir.dataset.maksMb + " MB. Perkecil atau bagi menjadi beberapa, lalu pilih lagi.");
      else if (!berkas.size) tandai(baris, "gagal", "Berkas ini kosong (0 bita). Periksa berkasnya, lalu pilih lagi.");
      else tandai(baris, "dipilih", "dipilih, belum terunggah");
      baris.tetap = baris.keadaan === "gagal";
    }

    // Of several files nobody has said yet which is the newer version; who has chosen is left alone.
    function satuVersi(jumlah) {
      if (!umum.menggantikan || umum.menggantikan.dataset.sendiri || jumlah < 2) return;
      umum.menggantikan.value = "";
      barisan.forEach(function (b) { ikuti(b, "menggantikan"); });
    }

    function buang(baris) {
      if (baris.kirim) baris.kirim.abort();
      barisan.splice(barisan.indexOf(baris), 1);
      baris.li.remove();
      daftar.hidden = !barisan.length;
      ringkas();
      formulir.elements.berkas.focus();
    }

    // The fields for all, before a long upload is begun; whatever passes here the server looks at again.
    function salahUmum() {
      const baris = barisan.filter(function (b) { return !b.tetap; });
      const dipakai = function (nama) { return baris.some(function (b) { return !bagian(b, nama).dataset.sendiri; }); };
      if (dipakai("judul") && !umum.judul.value.trim()) return [umum.judul, "Tulis isi dokumen."];
      if (dipakai("tanggal")) return salahTanggal(umum.tanggal);
      return null;
    }

    function salahTanggal(isian) {
      if (!isian.value) return [isian, "Isi tanggal dokumen."];
      if (isian.validity.rangeOverflow) return [isian, "Tanggal dokumen " + window.ziTanggal.kata(isian.value) + " belum tiba. Periksa tanggal dan tahunnya."];
      return null;
    }

    function tunjukkan(isian, pesan) {
      const id = isian.id + "-galat";
      let galat = document.getElementById(id);
      if (!galat) {
        galat = pola.content.querySelector("[data-isi=galat]").cloneNode(true);
        galat.removeAttribute("data-isi");
        galat.id = id;
        galat.setAttribute("role", "alert");
        (isian.closest(".tanggal-isian") || isian).after(galat);
        isian.setAttribute("aria-describedby", [isian.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
      }
      galat.hidden = !pesan;
      galat.querySelector("span").textContent = pesan;
      isian.classList.toggle("is-invalid", Boolean(pesan));
      if (pesan) isian.setAttribute("aria-invalid", "true");
      else isian.removeAttribute("aria-invalid");
    }

    function kirimSatu(baris) {
      const salah = salahTanggal(bagian(baris, "tanggal")) || (bagian(baris, "judul").value.trim() ? null : [null, "Tulis isi dokumen."]);
      if (salah) {
        tandai(baris, "gagal", salah[1]);
        bagian(baris, "tanggal").closest("details").open = true;
        return Promise.resolve();
      }
      return new Promise(function (selesai) {
        const data = new FormData();
        data.append("csrfmiddlewaretoken", formulir.elements.csrfmiddlewaretoken.value);
        data.append("aksi", "terima");
        data.append("berkas", baris.berkas, baris.berkas.name);
        isianUmum().forEach(function (nama) { data.append(umum[nama].name, bagian(baris, nama).value); });
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
        if (isi.isian) bagian(baris, "tanggal").closest("details").open = true;
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
      const salah = barisan.length ? salahUmum() : null;
      if (salah) {
        tunjukkan(salah[0], salah[1]);
        katakan("Belum dikirim. " + salah[1]);
        salah[0].focus();
        return;
      }
      if (barisan.length) satuVersi(barisan.length + (formulir.elements.tautan.value.trim() ? 1 : 0));
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
          gagal.querySelector("details[open] [data-isi=tanggal], [data-isi=hapus]").focus({ preventScroll: true });
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

    isianUmum().forEach(function (nama) {
      umum[nama].addEventListener("input", function () {
        umum[nama].dataset.sendiri = "ya";
        barisan.forEach(function (b) { ikuti(b, nama); });
        if (umum[nama].classList.contains("is-invalid")) tunjukkan(umum[nama], "");
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
