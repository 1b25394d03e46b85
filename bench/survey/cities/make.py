"""Fictional city websites in several languages, with the truth about each: a test set for judging machines.

    python3 make.py OUT [--today 2026-11-24] [--only CITY]

Writes OUT/<city>/… and OUT/<city>.csv (criterion,value,note). Every date on the pages is counted back from --today, so
that "within the last 30 days" stays true. One module per city holds its words, its layout and its truth; see README.md.
"""

import argparse
import csv
import datetime
import html.parser
import importlib
import io
import pathlib
import re
import sys
import zipfile

HERE = pathlib.Path(__file__).parent
FIRST_PORT = 8801
CITIES = ["sanjacinto", "montreval", "lindenbrueck", "hanbyeol", "santaaurora", "waterveen", "midorigahama", "zahra"]
DOCUMENTS = {"pdf", "docx", "xlsx", "odt", "ods", "csv", "ics", "jpg", "png", "svg", "css", "js"}
VOID = {"area", "br", "hr", "img", "input", "link", "meta", "source"}


class Page:
    def __init__(self, head, body, city):
        cells = [cell.strip() for cell in head.split("|")] + ["", "", ""]
        self.path, self.title, self.parent = cells[0], cells[1], cells[2]
        self.flags = set(cells[3].split())
        self.source, self.city, self.crumbs, self.body = body, city, [], ""
        self.lang = next((flag[5:] for flag in self.flags if flag.startswith("lang=")), city.LANG)


class Site:
    """The pages of one city, rendered: words from the module, dates from `today`."""

    def __init__(self, city, today, port):
        self.city, self.today, self.base = city, today, f"http://127.0.0.1:{port}"
        extra = city.extra() if hasattr(city, "extra") else ""
        blocks = re.split(r"^=== ", city.PAGES + "\n" + extra, flags=re.M)[1:]
        self.pages = [Page(*block.split("\n", 1), city) for block in blocks]
        self.at = {page.path: page for page in self.pages}
        if len(self.at) != len(self.pages):
            sys.exit(f"{city.__name__}: two pages on one path")
        for page in self.pages:
            parent = page.parent
            while parent:
                page.crumbs.insert(0, self.at[parent])
                parent = self.at[parent].parent
        for page in self.pages:
            page.title = self.dated(page.title)
        for page in self.pages:
            page.body = self.render(page)

    def day(self, offset):
        return self.today - datetime.timedelta(days=offset)

    def dated(self, text):
        text = re.sub(r"\{d([+-]\d+)\}", lambda m: self.city.date(self.day(-int(m[1]))), text)
        text = re.sub(r"\{iso([+-]\d+)\}", lambda m: self.day(-int(m[1])).isoformat(), text)
        return re.sub(r"\{y([+-]\d+)?\}", lambda m: str(self.today.year + int(m[1] or 0)), text)

    def inline(self, text):
        text = re.sub(r"\[([^\]]*)\]\(([^)\s]+)\)", r'<a href="\2">\1</a>', text)
        return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)

    def news(self):
        return [page for page in self.pages if "news" in page.flags]

    def children(self, path):
        return [page for page in self.pages if page.parent == path]

    def render(self, page):
        out, open_tag = [], None

        def close():
            nonlocal open_tag
            if open_tag:
                out.append(f"</{open_tag}>")
            open_tag = None

        for line in self.dated(page.source).splitlines():
            line = line.strip()
            wanted = "ul" if line.startswith("- ") else "table" if line.startswith("| ") else None
            if wanted != open_tag:
                close()
                if wanted:
                    out.append(f"<{wanted}>")
                    open_tag, first = wanted, True
            if not line:
                continue
            if wanted == "ul":
                out.append(f"<li>{self.inline(line[2:])}</li>")
            elif wanted == "table":
                cell = "th" if first else "td"
                first = False
                out.append("<tr>" + "".join(f"<{cell}>{self.inline(c.strip())}</{cell}>" for c in line.strip("| ").split("|")) + "</tr>")
            elif line.startswith("## "):
                out.append(f"<h2>{line[3:]}</h2>")
            elif line.startswith("### "):
                out.append(f"<h3>{line[4:]}</h3>")
            elif line.startswith("%form "):
                out.append(self.form(line[6:]))
            elif line.startswith("%html "):
                out.append(line[6:])
            elif line == "%children":
                out.append("<ul>" + "".join(f'<li><a href="{child.path}">{child.title}</a></li>' for child in self.children(page.path)) + "</ul>")
            elif line == "%all":
                out.append("<ul>" + "".join(f'<li><a href="{other.path}">{other.title}</a></li>' for other in self.pages) + "</ul>")
            else:
                out.append(f"<p>{self.inline(line)}</p>")
        close()
        return "\n".join(out)

    def form(self, spec):
        """`POST /to | Label*=type:autocomplete | Label=select:a,b | =Send`; how labels are tied is the city's habit."""
        head, *fields = [part.strip() for part in spec.split("|")]
        method, action = head.split()
        kind = self.city.LABELS
        rows = []
        for number, field in enumerate(fields):
            label, _, control = field.partition("=")
            if not label:
                rows.append(f'<button type="submit">{control}</button>')
                continue
            needed = label.endswith("*")
            label = label.rstrip("*")
            control, _, more = control.partition(":")
            name = f"f{number}"
            marks = f' id="{name}" name="{name}"' + (" required" if needed else "")
            if control in ("text", "email", "tel") and more:
                marks += f' autocomplete="{more}"'
            if kind == "placeholder" and control not in ("select", "file"):
                marks += f' placeholder="{label}"'
            if control == "textarea":
                box = f"<textarea{marks} rows=\"6\"></textarea>"
            elif control == "select":
                box = f"<select{marks}>" + "".join(f"<option>{option}</option>" for option in more.split(",")) + "</select>"
            else:
                box = f'<input type="{control}"{marks}>'
            shown = label + (self.city.REQUIRED if needed else "")
            if kind == "for":
                rows.append(f'<div class="field"><label for="{name}">{shown}</label>{box}</div>')
            elif kind == "wrap":
                rows.append(f"<label>{shown} {box}</label><br>")
            elif control in ("select", "file"):
                rows.append(f"<p><span>{label}</span> {box}</p>")
            else:
                rows.append(f"<p>{box}</p>")
        coded = ' enctype="multipart/form-data"' if "=file" in spec else ""
        return f'<form class="form" method="{method.lower()}" action="{action}"{coded}>\n' + "\n".join(rows) + "\n</form>"


def pdf(title):
    words = re.sub(r"[^A-Za-z0-9 .,-]", " ", title)
    text = f"BT /F1 16 Tf 60 770 Td ({words}) Tj ET"
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
             f"<< /Length {len(text)} >>\nstream\n{text}\nendstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode() + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def packed(entries):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return target.getvalue()


def document(name):
    ending, title = name.rsplit(".", 1)[1], pathlib.PurePath(name).stem.replace("-", " ")
    if ending == "pdf":
        return pdf(title)
    if ending in ("docx", "xlsx"):
        kinds = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
        body = f'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{title}</w:t></w:r></w:p></w:body></w:document>'
        return packed({"[Content_Types].xml": kinds, "word/document.xml" if ending == "docx" else "xl/workbook.xml": body})
    if ending in ("odt", "ods"):
        kind = "text" if ending == "odt" else "spreadsheet"
        return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": f"<office>{title}</office>"})
    if ending == "csv":
        return f"id,name,value\n1,{title},100\n2,{title},250\n".encode()
    if ending == "ics":
        return b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//city//EN\r\nEND:VCALENDAR\r\n"
    if ending == "svg":
        return b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#357"/></svg>'
    if ending == "css":
        return b"body{font-family:sans-serif;margin:0 auto;max-width:70rem;padding:0 1rem}nav ul{display:flex;flex-wrap:wrap;gap:.6rem;list-style:none;padding:0}"
    sys.exit(f"no way to make {name}")


class Check(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.targets, self.stack, self.faults = set(), [], []

    def handle_starttag(self, tag, attributes):
        for key, value in attributes:
            if key in ("href", "src", "action") and value and value.startswith("/") and not value.startswith("//"):
                self.targets.add(re.split("[?#]", value)[0])
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


def place(folder, path):
    path = path.lstrip("/")
    return folder / (path + "index.html" if path == "" or path.endswith("/") else path)


def write(folder, path, content):
    target = place(folder, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)


def truth(city):
    for line in city.TRUTH.strip().splitlines():
        criterion, value, note = (line.split(None, 2) + [""])[:3]
        yield criterion, value, note


def build(name, out, today):
    city = importlib.import_module(name)
    site = Site(city, today, FIRST_PORT + CITIES.index(name))
    folder = out / name
    targets, faults = set(), []
    for page in site.pages:
        text = site.dated(city.layout(page, site))
        check = Check()
        check.feed(text)
        faults += [f"{page.path}: {fault}" for fault in check.faults + [f"open {tag}" for tag in check.stack]]
        targets |= check.targets
        write(folder, page.path, text)
    for path, text in (city.files(site) if hasattr(city, "files") else {}).items():
        write(folder, path, site.dated(text))
    for target in sorted(targets):
        if target.rsplit(".", 1)[-1] in DOCUMENTS and not place(folder, target).exists():
            write(folder, target, document(target))
        if not place(folder, target).is_file():
            faults.append(f"dead link {target}")
    for target in (out / f"{name}.csv", HERE / "truth" / f"{name}.csv"):
        with open(target, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([("criterion", "value", "note"), *truth(city)])
    print(f"{name}: {len(site.pages)} pages, {sum(1 for _ in truth(city))} values, http://127.0.0.1:{FIRST_PORT + CITIES.index(name)}/")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--today", type=datetime.date.fromisoformat, default=datetime.date(2026, 11, 24))
    parser.add_argument("--only")
    arguments = parser.parse_args()
    sys.path.insert(0, str(HERE))
    arguments.out.mkdir(parents=True, exist_ok=True)
    (HERE / "truth").mkdir(exist_ok=True)
    faults = []
    for name in CITIES:
        if (HERE / f"{name}.py").exists() and arguments.only in (None, name):
            faults += build(name, arguments.out, arguments.today)
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
