"""Words that mean the same in this field, so that a search finds what the decree calls differently."""

SEPADAN: tuple[frozenset[str], ...] = (
    frozenset({"bukti dukung", "bukti fisik", "bukti", "eviden", "evidence", "data dukung"}),
    frozenset({"wbs", "whistle blowing system", "whistleblowing", "whistle blowing"}),
    frozenset({"dumas", "pengaduan masyarakat", "pengaduan"}),
    frozenset({"lakip", "lkjip", "lapkin", "laporan kinerja"}),
    frozenset({"diklat", "pelatihan", "bimtek", "pengembangan kompetensi"}),
    frozenset({"notulen", "notulensi", "risalah rapat"}),
    frozenset({"presensi", "absensi", "daftar hadir", "kehadiran"}),
    frozenset({"survei", "survey", "skm"}),
    frozenset({"risiko", "resiko"}),
    frozenset({"monev", "monitoring dan evaluasi", "monitoring", "pemantauan"}),
    frozenset({"upg", "gratifikasi"}),
    frozenset({"benturan kepentingan", "conflict of interest"}),
    frozenset({"pengendalian intern", "spip", "pengendalian internal"}),
    frozenset({"ppid", "keterbukaan informasi"}),
    frozenset({"rpp", "rumah pintar pemilu"}),
    frozenset({"reviu", "review", "telaah"}),
    frozenset({"tangkapan layar", "screenshot", "screenshoot"}),
)


def kata_sepadan(kata: str) -> list[frozenset[str]]:
    """The search's words, phrases of the list kept whole, each with those that mean the same."""
    sisa = " ".join(kata.lower().split())
    hasil = []
    for frasa in sorted((f for kelompok in SEPADAN for f in kelompok), key=len, reverse=True):
        if f" {frasa} " in f" {sisa} ":
            hasil.append(next(kelompok for kelompok in SEPADAN if frasa in kelompok))
            sisa = f" {sisa} ".replace(f" {frasa} ", " ").strip()
    return hasil + [frozenset({k}) for k in sisa.split()]
