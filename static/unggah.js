// Each file travels by itself, in parts (tus 1.0), with its own progress, date and title; the plain form does the same
// without this. Where the line breaks it goes on by itself; after the page was closed, when the same file is chosen.
// States of a row: dipilih (chosen), antre (its turn comes), jalan (travelling), jeda (paused by the person), terputus
// (no line; goes on when there is one), gagal (refused). Received pieces leave for #draf.
(function () {
  "use strict";
  const MB = 1024 * 1024;
  // A part takes some seconds: on a weak line little is lost with it, on a good one there are few of them.
  const POTONGAN = { awal: MB, terkecil: MB / 4, terbesar: 16 * MB, cepat: 2000, lambat: 8000 };
  const COBA_LAGI = [0, 1000, 3000, 5000, 10000, 20000, 30000]; // longer than the server waits for a silent line
  const KELUAR = "Sesi Anda sudah berakhir. Masuk lagi di tab lain, lalu tekan Lanjutkan; yang sudah sampai tidak hilang.";

  function ukuran(bita) {
    if (bita < 1000) return bita + " B";
    const kb = bita / 1024;
    const nilai = kb < 1000 ? kb : kb / 1024;
    return nilai.toFixed(1).replace(".", ",") + (kb < 1000 ? " KB" : " MB");
  }

  // How the chosen file is known again, here and on the server.
  function sidik(berkas) {
    return Array.from([berkas.size, berkas.lastModified, berkas.type, berkas.name].join("-")).slice(0, 200).join("");
  }

  function token() {
    const kue = document.cookie.split("; ").find(function (k) { return k.startsWith("csrftoken="); });
    return kue ? kue.slice("csrftoken=".length) : document.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  function tunggu(ms) {
    return new Promise(function (lanjut) { setTimeout(lanjut, ms); });
  }

  function mulai() {
    const formulir = document.getElementById("unggah");
    if (!formulir || !window.tus || !window.tus.isSupported) return;
    const daftar = document.getElementById("dipilih");
    const pola = document.getElementById("baris-berkas");
    const kabar = document.getElementById("keadaan-unggah");
    // What is said once for all files; a row may say it otherwise (menggantikan is there in a second round only).
    const umum = { judul: formulir.elements.judul, tanggal: formulir.elements.tanggal_dokumen, menggantikan: formulir.elements.menggantikan };
    const batas = Number(formulir.dataset.maksMb) * MB;
    const barisan = [];
    let sibuk = false;
    let nomor = 0;
    const akhiranDiterima = formulir.elements.berkas.accept.split(",");
    const kataAkhiran = JSON.parse(formulir.dataset.kataAkhiran);
    const saran = { kirim: ", lalu kirim.", simpan: ", lalu simpan lagi.", "": "." };
    let tekan = ""; // what was pressed last
    let pergi = false; // the page is being left on purpose
    let tujuan = ""; // what was pressed, until it is done or something is refused
    let bersama = false; // several under one title: the server adds to each the name of its file

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
      if (hitung("jalan") + hitung("antre")) kata.push(hitung("jalan") + hitung("antre") + " sedang diunggah");
      if (hitung("jeda")) kata.push(hitung("jeda") + " dijeda");
      if (hitung("terputus")) kata.push(hitung("terputus") + " terputus, dilanjutkan saat tersambung kembali");
      if (hitung("gagal")) kata.push(hitung("gagal") + " gagal");
      const sisa = hitung("gagal") ? mintaPerbaiki() : "";
      katakan("Belum dikirim. " + (kata.length ? kata.join(", ") + "." : "Belum ada bukti yang diterima.") + sisa);
    }

    function mintaPerbaiki() {
      return " Perbaiki atau batalkan yang gagal" + saran[tekan];
    }

    function tandai(baris, keadaan, pesan) {
      const galat = bagian(baris, "galat"), jeda = bagian(baris, "jeda"), berjalan = ["antre", "jalan"].includes(keadaan);
      baris.keadaan = keadaan;
      baris.li.classList.toggle("gagal", keadaan === "gagal");
      galat.hidden = keadaan !== "gagal";
      galat.querySelector("span").textContent = keadaan === "gagal" ? pesan : "";
      tulis(baris, keadaan === "gagal" ? "" : pesan);
      baris.li.querySelector("progress").hidden = !berjalan && !["jeda", "terputus"].includes(keadaan);
      jeda.hidden = !berjalan && !["jeda", "terputus"].includes(keadaan);
      jeda.firstChild.textContent = berjalan ? "Jeda" : "Lanjutkan";
    }

    function tulis(baris, teks) {
      bagian(baris, "keadaan").textContent = ukuran(baris.berkas.size) + (teks ? ", " + teks : "");
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
      bagian(baris, "jeda").addEventListener("click", function () { if (["antre", "jalan"].includes(baris.keadaan)) jeda(baris); else lanjutkan([baris]); });
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
      else if (bukanJenis(berkas.name)) tandai(baris, "gagal", bukanJenis(berkas.name));
      else if (kenali(baris)) tandai(baris, "dipilih", "dipilih, " + baris.persen + "% sudah sampai dan tidak dikirim lagi");
      else tandai(baris, "dipilih", "dipilih, belum terunggah");
      baris.tetap = baris.keadaan === "gagal";
    }

    // By its name only, and only where that says something: what a file is, the server finds out.
    function bukanJenis(nama) {
      const akhiran = (/\.(?=\d*[a-z])[a-z\d]{2,5}$/i.exec(nama) || [""])[0].toLowerCase();
      if (!akhiran || akhiranDiterima.includes(akhiran)) return "";
      return kataAkhiran[akhiran] || kataAkhiran[""];
    }

    // Of several files nobody has said yet which is the newer version; who has chosen is left alone.
    function satuVersi(jumlah) {
      if (!umum.menggantikan || umum.menggantikan.dataset.sendiri || jumlah < 2) return;
      umum.menggantikan.value = "";
      barisan.forEach(function (b) { ikuti(b, "menggantikan"); });
    }

    // Begun earlier, perhaps in another window: the same person, the same slot, the same file.
    function kenali(baris) {
      const lama = Array.from(document.querySelectorAll("#belum-selesai li")).find(function (li) { return !li.hidden && li.dataset.sidik === sidik(baris.berkas); });
      if (!lama) return false;
      lama.hidden = true;
      baris.lama = lama;
      baris.alamat = lama.dataset.alamat;
      baris.persen = lama.dataset.persen;
      return true;
    }

    function buang(baris) {
      if (baris.kirim) baris.kirim.abort(true).catch(function () {}); // what is left of it, the server sweeps away
      else if (baris.lama) baris.lama.hidden = false;
      barisan.splice(barisan.indexOf(baris), 1);
      baris.li.remove();
      daftar.hidden = !barisan.length;
      if (baris.selesai) baris.selesai();
      ringkas();
      formulir.elements.berkas.focus();
    }

    function jeda(baris) {
      if (baris.kirim) baris.kirim.abort();
      tandai(baris, "jeda", "dijeda pada " + (baris.persen || 0) + "%");
      katakan(baris.berkas.name + " dijeda.");
      if (baris.selesai) baris.selesai();
    }

    function lanjutkan(yang) {
      yang.forEach(function (baris) { tandai(baris, "antre", "menunggu giliran"); });
      if (yang.length && !sibuk) kerjakan();
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
        baris.selesai = selesai;
        baris.li.querySelector("progress").value = baris.persen || 0;
        tandai(baris, "jalan", "mengunggah " + (baris.persen || 0) + "%");
        if (!baris.kirim) baris.kirim = pengirim(baris);
        baris.kirim.start();
      });
    }

    function pengirim(baris) {
      let sejak = 0;
      const kirim = new window.tus.Upload(baris.berkas, {
        endpoint: formulir.dataset.terima,
        uploadUrl: baris.alamat || null,
        metadata: { filename: baris.berkas.name, sidik: sidik(baris.berkas) },
        chunkSize: POTONGAN.awal,
        retryDelays: COBA_LAGI,
        // The server knows it by its sidik: on a shared computer no name of a file stays behind.
        storeFingerprintForResuming: false,
        onBeforeRequest: function (req) {
          sejak = Date.now();
          req.setHeader("X-CSRFToken", token());
          req.setHeader("Accept", "application/json");
        },
        onChunkComplete: function () { sesuaikan(kirim, Date.now() - sejak); },
        onProgress: function (terkirim, semua) { maju(baris, terkirim, semua); },
        onShouldRetry: function (galat) {
          const ulang = bolehUlang(galat);
          if (ulang) {
            sesuaikan(kirim, Infinity);
            tulis(baris, "sambungan terputus pada " + (baris.persen || 0) + "%, mencoba lagi");
          }
          return ulang;
        },
        onError: function (galat) { gagalKirim(baris, galat); },
        onSuccess: function () { simpan(baris); },
      });
      return kirim;
    }

    function sesuaikan(kirim, ms) {
      const kini = kirim.options.chunkSize;
      if (ms < POTONGAN.cepat) kirim.options.chunkSize = Math.min(kini * 2, POTONGAN.terbesar);
      if (ms > POTONGAN.lambat) kirim.options.chunkSize = Math.max(kini / 2, POTONGAN.terkecil);
    }

    function maju(baris, terkirim, semua) {
      if (baris.keadaan !== "jalan") return;
      const lalu = baris.persen || 0;
      baris.persen = Math.floor((100 * terkirim) / semua);
      baris.li.querySelector("progress").value = baris.persen;
      tulis(baris, "mengunggah " + baris.persen + "%, " + ukuran(terkirim) + " sudah sampai");
      // For who does not see the bar: four times a file, not with every part.
      if (Math.floor(baris.persen / 25) > Math.floor(lalu / 25)) katakan("Mengunggah " + baris.berkas.name + ": " + baris.persen + "%.");
    }

    function bolehUlang(galat) {
      const status = galat.originalResponse ? galat.originalResponse.getStatus() : 0;
      return !status || status >= 500 && status !== 507 || [409, 423, 429].includes(status);
    }

    function gagalKirim(baris, galat) {
      const xhr = galat.originalResponse ? galat.originalResponse.getUnderlyingObject() : null;
      if (!xhr || !xhr.status || bolehUlang(galat)) return putus(baris);
      if (xhr.status === 401 || new URL(xhr.responseURL).pathname.startsWith("/masuk/")) return tahan(baris, KELUAR);
      if (xhr.status === 507) return tahan(baris, alasan(xhr)[0]);
      tolak(baris, xhr);
    }

    function putus(baris) {
      tahan(baris, "terputus pada " + (baris.persen || 0) + "%; yang sudah sampai tidak hilang, dan dilanjutkan saat tersambung kembali");
    }

    function tahan(baris, pesan) {
      if (!barisan.includes(baris)) return;
      tandai(baris, "terputus", pesan);
      katakan(baris.berkas.name + ": " + pesan);
      baris.selesai();
    }

    function alasan(xhr) {
      return jawaban(xhr).galat || [];
    }

    function tolak(baris, xhr) {
      const kata = alasan(xhr);
      tandai(baris, "gagal", kata.length ? kata.join(" ") : "Unggahan ditolak. Muat ulang halaman; bila perlu masuk lagi, lalu pilih lagi berkasnya.");
      if (tujuan === "kirim") tujuan = "";
      baris.selesai();
    }

    // All bytes are there: what they are is said now, and the server looks at them.
    async function simpan(baris) {
      if (!barisan.includes(baris)) return;
      tandai(baris, "jalan", "sampai, sedang diperiksa");
      bagian(baris, "jeda").hidden = true;
      for (const ms of COBA_LAGI) {
        await tunggu(ms);
        const xhr = await kirimIsian(baris);
        if (!barisan.includes(baris)) return;
        if (xhr.status && xhr.status < 500) {
          jawab(baris, xhr);
          baris.selesai();
          return;
        }
      }
      putus(baris);
    }

    function kirimIsian(baris) {
      const data = new FormData();
      data.append("aksi", "terima");
      data.append("unggahan", baris.kirim.url.split("/unggahan/")[1].replace("/", ""));
      isianUmum().forEach(function (nama) { data.append(umum[nama].name, bagian(baris, nama).value); });
      if (bersama && !bagian(baris, "judul").dataset.sendiri) data.append("bersama", "on");
      if (formulir.elements.rahasia.checked) data.append("rahasia", "on");
      return kirimData(data);
    }

    function kirimData(data) {
      const xhr = new XMLHttpRequest();
      return new Promise(function (selesai) {
        xhr.addEventListener("loadend", function () { selesai(xhr); });
        xhr.open("POST", formulir.action);
        xhr.setRequestHeader("Accept", "application/json");
        xhr.setRequestHeader("X-CSRFToken", token());
        xhr.send(data);
      });
    }

    function jawaban(xhr) {
      try { return JSON.parse(xhr.responseText); } catch (e) { return {}; }
    }

    function jawab(baris, xhr) {
      const isi = jawaban(xhr);
      if (xhr.status !== 200 || !isi.draf) {
        baris.tetap = Boolean(isi.tetap);
        tolak(baris, xhr);
        if (isi.isian) bagian(baris, "tanggal").closest("details").open = true;
        return;
      }
      baris.keadaan = "diterima";
      barisan.splice(barisan.indexOf(baris), 1);
      baris.li.remove();
      if (baris.lama) baris.lama.remove();
      const belum = document.getElementById("belum-selesai");
      if (belum && !belum.querySelector("li")) belum.remove();
      daftar.hidden = !barisan.length;
      const baru = gantiDraf(isi.draf);
      isi.ingat.forEach(function (teks) {
        const p = document.createElement("p");
        p.className = "kecil";
        p.textContent = teks;
        baru.append(p);
      });
    }

    function gantiDraf(html) {
      const draf = document.getElementById("draf");
      const baru = new DOMParser().parseFromString(html, "text/html").getElementById("draf");
      bawaAlasan(draf, baru);
      draf.replaceWith(baru);
      if (window.htmx) window.htmx.process(baru);
      return baru;
    }

    // Why a document of a date outside the period is right: typed in the draft, which is drawn anew with every file.
    function alasanDi(draf) {
      return Array.from(draf.querySelectorAll("[data-alasan]"));
    }

    function bawaAlasan(lama, baru) {
      alasanDi(lama).forEach(function (isian) {
        const sama = alasanDi(baru).find(function (b) { return b.name === isian.name; });
        if (sama) sama.value = isian.value;
      });
    }

    function tanpaAlasan() {
      return alasanDi(document.getElementById("draf")).find(function (isian) { return !isian.value.trim(); });
    }

    function mintaAlasan(isian) {
      tunjukkan(isian, "Tulis satu kalimat: mengapa dokumen ini tetap dipakai?");
      katakan("Belum dikirim. Ada dokumen yang tanggalnya di luar masa tenggat ini. Tulis mengapa tetap dipakai, lalu kirim.");
      isian.addEventListener("input", function () { tunjukkan(isian, ""); }, { once: true });
      isian.focus();
    }

    function kunci(ya) {
      sibuk = ya;
      formulir.querySelectorAll("button[name=aksi]").forEach(function (t) { t.disabled = ya; });
    }

    function jalankan(aksi) {
      tekan = aksi;
      const salah = barisan.length ? salahUmum() : null;
      if (salah) {
        tunjukkan(salah[0], salah[1]);
        katakan((aksi === "kirim" ? "Belum dikirim. " : "Belum disimpan. ") + salah[1]);
        salah[0].focus();
        return;
      }
      const tautan = formulir.elements.tautan.value.trim() ? 1 : 0;
      if (barisan.length) satuVersi(barisan.length + tautan);
      bersama = bersama || barisan.filter(function (b) { return !b.tetap && !bagian(b, "judul").dataset.sendiri; }).length + tautan > 1;
      tujuan = aksi;
      barisan.forEach(function (b) { if (!b.tetap) tandai(b, "antre", "menunggu giliran"); });
      kerjakan();
    }

    // One file after the other: on a weak line two at once are both slower.
    async function kerjakan() {
      let baris;
      kunci(true);
      while ((baris = barisan.find(function (b) { return b.keadaan === "antre"; }))) {
        katakan("Mengunggah " + baris.berkas.name + ".");
        await kirimSatu(baris);
      }
      kunci(false);
      if (!barisan.length && tujuan) return akhiri(tujuan);
      ringkas();
      const gagal = daftar.querySelector(".gagal");
      if (gagal) {
        const simpan = tujuan === "simpan";
        tujuan = "";
        if (simpan) await simpanSelebihnya();
        if (hitung("antre")) return kerjakan(); // gone on with meanwhile
        gagal.scrollIntoView({ block: "center" });
        gagal.querySelector("details[open] [data-isi=tanggal], [data-isi=hapus]").focus({ preventScroll: true });
      }
    }

    // Some files were refused: what is written, and the link, are kept all the same. The page stays with the rest.
    async function simpanSelebihnya() {
      const data = new FormData(formulir);
      data.append("aksi", "simpan");
      kunci(true);
      const xhr = await kirimData(data);
      kunci(false);
      const isi = jawaban(xhr);
      if (!isi.draf) return katakan("Belum disimpan. " + (alasan(xhr).join(" ") || "Sambungan terputus; tekan Simpan dulu lagi."));
      const baru = gantiDraf(isi.draf);
      Object.keys(isi.isian).forEach(function (nama) { tunjukkanGalat(formulir.elements[nama], isi.isian[nama]); });
      if (isi.tersimpan) sudahTersimpan(isi.isian);
      const tidak = barisan.filter(function (b) { return b.keadaan === "gagal"; }).map(function (b) { return b.berkas.name; });
      katakan(sebutTersimpan(baru) + " " + tidak.length + " gagal dan tidak tersimpan: " + tidak.join(", ") + ". " + isi.galat.concat(mintaPerbaiki().trim()).join(" "));
    }

    function tunjukkanGalat(isian, pesan) {
      if (!isian) return;
      if (isian.closest("details")) isian.closest("details").open = true;
      tunjukkan(isian, pesan);
      isian.addEventListener("input", function () { tunjukkan(isian, ""); }, { once: true });
    }

    function sebutTersimpan(draf) {
      const banyak = draf.querySelectorAll(".berkas > li").length, pesan = formulir.elements.pesan;
      const ada = [];
      if (banyak) ada.push(banyak + " bukti");
      if (pesan.value.trim() && !berubah(pesan)) ada.push(pesan.labels[0].textContent.trim().replace(/^./, function (h) { return h.toLowerCase(); }));
      return ada.length ? "Tersimpan sebagai draf, belum dikirim: " + ada.join(" dan ") + "." : "Belum ada yang tersimpan.";
    }

    // What was written is on the server now, the link and what is used again among what was received.
    function sudahTersimpan(galat) {
      if (!galat.tautan) formulir.elements.tautan.value = "";
      if (!galat.__all__) formulir.querySelectorAll("[name=pakai_lagi]:checked").forEach(function (e) { e.closest(".form-check").remove(); });
      Array.from(formulir.elements).forEach(function (e) {
        if (galat[e.name]) return;
        if (e.type === "checkbox") e.defaultChecked = e.checked;
        else if ("defaultValue" in e) e.defaultValue = e.value;
      });
    }

    function berubah(isian) {
      if (isian.type === "checkbox") return isian.checked !== isian.defaultChecked;
      return "defaultValue" in isian && isian.value !== isian.defaultValue;
    }

    function adaYangBelum() {
      return barisan.some(function (b) { return !b.tetap; }) || Array.from(formulir.elements).some(berubah);
    }

    function akhiri(aksi) {
      const kurang = aksi === "kirim" ? tanpaAlasan() : null;
      if (kurang) return mintaAlasan(kurang);
      kunci(true);
      katakan(aksi === "kirim" ? "Semua berkas diterima. Mengirim untuk reviu." : "Semua berkas diterima. Menyimpan draf.");
      const tanda = document.createElement("input");
      tanda.type = "hidden";
      tanda.name = "aksi";
      tanda.value = aksi;
      formulir.append(tanda);
      pergi = true;
      formulir.submit();
    }

    function pilih(berkas) {
      Array.from(berkas).forEach(tambah);
      daftar.hidden = !barisan.length;
      ringkas();
    }

    formulir.classList.add("berskrip"); // what is chosen stands in the list, not in the field
    formulir.querySelectorAll("input.pilih").forEach(function (isian) {
      isian.addEventListener("change", function () {
        pilih(isian.files);
        isian.value = "";
      });
    });

    ["dragover", "drop"].forEach(function (apa) {
      formulir.querySelector(".taruh").addEventListener(apa, function (e) {
        if (!e.dataTransfer.types.includes("Files")) return;
        e.preventDefault();
        if (apa === "drop") pilih(e.dataTransfer.files);
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

    window.addEventListener("online", function () { lanjutkan(barisan.filter(function (b) { return b.keadaan === "terputus"; })); });
    document.addEventListener("htmx:afterSettle", ringkas);
    // Back from the next page: the browser may show this one as it was left.
    window.addEventListener("pageshow", function (e) {
      if (!e.persisted) return;
      pergi = true;
      window.location.reload();
    });
    window.addEventListener("beforeunload", function (e) {
      if (pergi || !adaYangBelum()) return;
      e.preventDefault();
      e.returnValue = true; // for browsers that do not yet ask otherwise
    });
  }

  document.addEventListener("DOMContentLoaded", mulai);
})();
