"""Projects whose drafts need every sort of file, for tests of parcels and of clusters."""

import io

from sample_images import pdf, svg

from gongwen import resources

DRAFT = """\
kind: 通知
issuer: {issuer}
number: {{year: 2026, serial: {serial}}}
title: {issuer}关于做好第{serial}项工作的通知
addressees: [各单位]
body:
  - 请照此办理，现将有关事项通知如下。
{body}
date: 2026-07-01
signature: {signature}
"""
SETTINGS = """\
fonts: {xiaobiaosong: faces/own.ttf, extra: [faces/own.ttf]}
unit:
  - {name: 云州市总工会, short: 云州总工会, code: 云工发, seal: seals/union.svg, level: city}
  - {name: 云州市城建局, code: 云建发}
"""
PAGE = "{# 本单位的页面 #}"


def xlsx(rows):
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text(issuer="云州总工会", serial=1, body="", signature="sealed", more=""):
    lines = "".join(f"  - {line}\n" for line in body.splitlines())
    return DRAFT.format(issuer=issuer, serial=serial, body=lines.rstrip("\n"), signature=signature) + more


def write(folder):
    """A project with files of every sort, and a draft beside it; gives the drafts, of which some have faults."""
    project = folder / "项目"
    files = {
        "gongwen.yaml": SETTINGS,
        "terms.yaml": "misspelt: {通各: 通知}\n",
        "templates/page.html.j2": PAGE.encode() + (resources.templates() / "page.html.j2").read_bytes(),
        "faces/own.ttf": (resources.fonts() / "GongwenBuzi-Regular.ttf").read_bytes(),
        "seals/union.svg": svg(),
        "共用/图.pdf": pdf((60, 40)),
        "共用/表.csv": "任务,单位\n慰问,各工会\n宣传,宣传部\n".encode(),
        "共用/表.xlsx": xlsx([["任务", "单位"], ["慰问", "各工会"]]),
        "稿/_办法.yaml": "title: 管理办法\nbody:\n  - 为了规范管理，制定本办法。\n  - {figure: ../共用/图.pdf#1, width: 40}\n",
        "稿/_坏.yaml": "title: 管理办法\nbodi: [为了规范管理，制定本办法。]\n",
        "稿/a.yaml": _text(
            serial=1,
            body="{figure: ../共用/图.pdf, width: 40}\n{table: 分工表, file: ../共用/表.csv}\n{table: 分工, file: ../共用/表.xlsx}",
        ),
        "稿/b.yaml": _text(serial=2, more="issued: {file: _办法.yaml}\n"),
        "稿/enclosure-at-fault.yaml": _text(serial=3, more="issued: {file: _坏.yaml}\n"),
        "稿/outside.yaml": _text(serial=4, body="{figure: ../../外.png, width: 40}\n{figure: 没有.png, width: 40}"),
        "稿/another-unit.yaml": _text("云州市城建局", serial=5),
        "稿/mended.yaml": _text(serial=6, body="请各单位通各到人。"),
        "稿/no.yaml": "kind: [\n",
    }
    alone = _text("某市总工会", signature="name").replace("number:", "number: 云工发〔2026〕7号 #")
    others = {
        "外.png": b"",
        "松/one.yaml": alone,
        "坏/gongwen.yaml": "unit: {name: 某市总工会}\n",
        "坏/templates/page.html.j2": "{{ nothing }}\n",
        "坏/one.yaml": alone,
    }
    for name, data in {**{f"项目/{name}": data for name, data in files.items()}, **others}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    drafts = [*sorted((project / "稿").glob("[!_]*.yaml")), folder / "松/one.yaml", folder / "松/missing.yaml"]
    return [*drafts, folder / "坏/one.yaml"]
