"""What the drawing library leaves open when PDF/A-3u shall also be PDF/UA-1 (ISO 14289-1).

Called with the finished objects just before they are written. Objects are emptied where they must
go, never freed: freeing shifts the numbers in the compressed object stream and readers lose objects.
"""

from typing import Any

import pydyf

_UA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def finish(document: Any, pdf: pydyf.PDF, *, mimes: dict[str, str]) -> None:
    """Complete ``pdf`` in place; ``mimes`` says the media type of each attachment by its name."""
    objects = {item.reference: item for item in pdf.objects if isinstance(item, dict | pydyf.Stream)}
    _declare(pdf, objects)
    _type_attachments(pdf, objects, mimes)
    root = objects[pdf.catalog["StructTreeRoot"]]
    strays, headers = _survey(objects, objects[root["K"][0]])
    _scope(objects, headers)
    _make_artifacts(pdf, objects, root, strays)
    _index(pdf, root, headers)


def _declare(pdf: pydyf.PDF, objects: dict[bytes, Any]) -> None:
    """PDF/UA-1 in the one rdf:RDF, with the extension schema PDF/A asks of a foreign property."""
    metadata = objects[pdf.catalog["Metadata"]]
    metadata.stream = [part.replace(b"</rdf:RDF>", _UA.encode()) for part in metadata.stream]


def _type_attachments(pdf: pydyf.PDF, objects: dict[bytes, Any], mimes: dict[str, str]) -> None:
    """Each file once in AF, with the type its maker gave and not one guessed from its name."""
    if "AF" not in pdf.catalog:
        return
    pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    for reference in pdf.catalog["AF"]:
        specification = objects[reference]
        stream = objects[specification["EF"]["F"]]
        stream.extra["Subtype"] = "/" + mimes[specification["UF"].string].replace("/", "#2f")


def _survey(objects: dict[bytes, Any], top: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Elements outside the tree (running heads), and header cells that other cells point to."""
    kept = set(top["K"])
    strays, headers = [], []
    for item in objects.values():
        if not isinstance(item, dict) or item.get("Type") != "/StructElem":
            continue
        if item["S"] == "/TH" and "ID" in item:
            headers.append(item)
        elif item["P"] == top.reference and item.reference not in kept:
            strays.append(item)
    return strays, headers


def _scope(objects: dict[bytes, Any], headers: list[Any]) -> None:
    for header in headers:
        group = objects[objects[header["P"]]["P"]]["S"]
        header["A"]["Scope"] = "/Column" if group == "/THead" else "/Row"


def _make_artifacts(pdf: pydyf.PDF, objects: dict[bytes, Any], root: dict[str, Any], strays: list[Any]) -> None:
    """Turn running heads into pagination artifacts, which a screen reader skips."""
    marks: dict[Any, set[int]] = {}
    stack = list(strays)
    while stack:
        element = stack.pop()
        for kid in element["K"]:
            if isinstance(kid, int):
                marks.setdefault(element["Pg"], set()).add(kid)
            else:
                stack.append(objects[kid])
        element.clear()
    numbers = objects[root["ParentTree"]]["Nums"]
    for index, page in enumerate(pdf.page_references):
        gone = marks.get(page, set())
        for mark in gone:
            numbers[2 * index + 1][mark] = "null"
        parts = objects[objects[page]["Contents"]].stream
        for i, part in enumerate(parts):
            if part == b"BDC" and parts[i - 1].get("MCID") in gone:
                parts[i - 2], parts[i - 1] = "/Artifact", "<< /Type /Pagination >>"


def _index(pdf: pydyf.PDF, root: dict[str, Any], headers: list[Any]) -> None:
    """The identifier tree, by which a cell's Headers entry finds its header cell."""
    if not headers:
        return
    pairs = sorted(((header["ID"], header.reference) for header in headers), key=lambda pair: pair[0].string)
    names = pydyf.Array(part for pair in pairs for part in pair)
    leaf = pydyf.Dictionary({"Names": names, "Limits": pydyf.Array((names[0], names[-2]))})
    pdf.add_object(leaf)
    tree = pydyf.Dictionary({"Kids": pydyf.Array((leaf.reference,))})
    pdf.add_object(tree)
    root["IDTree"] = tree.reference
