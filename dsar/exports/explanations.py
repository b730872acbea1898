"""What the manifest says to a person about its files, in the four languages of letters."""

ABOUT: dict[str, tuple[str, ...]] = {
    "fr": (
        "data.json contient toutes vos données, table par table, exactement comme elles ont été enregistrées.",
        "Chaque fichier CSV contient une table : UTF-8, virgule, une ligne d'en-tête, une ligne par enregistrement.",
        "Dans les CSV, un objet imbriqué devient plusieurs colonnes (client.ville) et une liste reste du texte JSON ; "
        "une valeur absente ou nulle est une cellule vide.",
        "Une cellule qu'un tableur exécuterait comme une formule commence par une apostrophe ; chacune est citée dans "
        "neutralised_cells. Pour retrouver le texte d'origine, ôtez une apostrophe aux cellules que reverse reconnaît.",
    ),
    "nl": (
        "data.json bevat al uw gegevens, tabel per tabel, precies zoals ze werden bewaard.",
        "Elk CSV-bestand bevat één tabel: UTF-8, komma, één regel met kolomnamen, één regel per record.",
        "In de CSV-bestanden wordt een genest object meerdere kolommen (klant.stad) en blijft een lijst JSON-tekst; "
        "een ontbrekende of lege waarde is een lege cel.",
        "Een cel die een rekenblad als formule zou uitvoeren, begint met een apostrof; elke cel staat in "
        "neutralised_cells. Neem één apostrof weg bij de cellen die reverse herkent om de oorspronkelijke tekst te "
        "lezen.",
    ),
    "de": (
        "data.json enthält alle Ihre Daten, Tabelle für Tabelle, genau so, wie sie gespeichert waren.",
        "Jede CSV-Datei enthält eine Tabelle: UTF-8, Komma, eine Kopfzeile, eine Zeile je Datensatz.",
        "In den CSV-Dateien wird ein verschachteltes Objekt zu mehreren Spalten (kunde.stadt), eine Liste bleibt "
        "JSON-Text; ein fehlender oder leerer Wert ist eine leere Zelle.",
        "Eine Zelle, die eine Tabellenkalkulation als Formel ausführen würde, beginnt mit einem Apostroph; jede ist in "
        "neutralised_cells genannt. Entfernen Sie bei Zellen, auf die reverse passt, einen Apostroph, um den "
        "ursprünglichen Text zu erhalten.",
    ),
    "en": (
        "data.json holds all your data, table by table, exactly as it was recorded.",
        "Each CSV file holds one table: UTF-8, commas, one header row, one row per record.",
        "In the CSV files a nested object becomes several columns (customer.city) and a list stays JSON text; "
        "a missing or null value is an empty cell.",
        "A cell that a spreadsheet would run as a formula begins with an apostrophe; each is listed in "
        "neutralised_cells. To get the original text back, take one apostrophe away from the cells that reverse "
        "matches.",
    ),
}
