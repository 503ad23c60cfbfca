"""What kind of file a report is: text and its encoding, or a workbook; anything else is refused with a way out."""

import codecs
import zipfile
from pathlib import Path
from typing import Final

from sim.report.words import Repairs, file_name
from sim.scenario.errors import BadInput

BLOCK: Final = 1 << 20
LARGEST: Final = 2 << 30
"""Bytes a workbook may unpack to; a sheet filled to its last row stays far below."""

WORKBOOK: Final = "workbook"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
CONTROLS: Final = [chr(code) for code in range(32) if chr(code) not in "\t\n\v\f\r\x1a"]
ASK: Final = "save it as CSV or XLSX"

SIGNATURES: Final = (
    (b"%PDF", f"is a PDF, whose columns cannot be read; export the report again and {ASK}"),
    (b"{\\rtf", f"is a text document, not a table; export the report again and {ASK}"),
    (b"\x1f\x8b", "is compressed; unpack it first"),
    (b"7z\xbc\xaf", "is compressed; unpack it first"),
    (b"Rar!", "is compressed; unpack it first"),
    (b"<", f"is a web page, whatever its name ends in; open it in a spreadsheet and {ASK}"),
)
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UTF32: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def kind(path: Path, repairs: Repairs) -> str:
    """`WORKBOOK`, or the encoding of a text file; BadInput for everything that is neither."""
    start = _start(path)
    if start.startswith(b"PK"):
        _check_workbook(path)
        return WORKBOOK
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(f"{file_name(path)} {_old_workbook(path)}.")
    bare = start.removeprefix(codecs.BOM_UTF8).lstrip()
    for signature, trouble in SIGNATURES:
        if bare.startswith(signature):
            raise BadInput(f"{file_name(path)} {trouble}.")
    return _encoding(path, start, repairs)


def _start(path: Path) -> bytes:
    if path.is_dir():
        raise BadInput(f"{file_name(path)} is a folder; name the report file in it.")
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except FileNotFoundError:
        raise BadInput(f"There is no file {file_name(path)}.") from None
    except (OSError, ValueError) as trouble:
        raise BadInput(f"{file_name(path)} cannot be opened: {_reason(trouble)}.") from None
    if not start.strip():
        raise BadInput(f"{file_name(path)} is empty.")
    return start


def _reason(trouble: OSError | ValueError) -> str:
    return (getattr(trouble, "strerror", None) or "its name cannot be a file's name").lower()


def _check_workbook(path: Path) -> None:
    """Tell a workbook from the other things that are ZIP archives inside."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadInput(f"{file_name(path)} is damaged and cannot be opened; export it again.") from None
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise BadInput(f"{file_name(path)} is a workbook of another kind (XLSB or ODS); {ASK}.")
    if "xl/workbook.xml" not in names:
        raise BadInput(f"{file_name(path)} is an archive, not a workbook; unpack it, or {ASK}.")
    if size > LARGEST:
        raise BadInput(f"{file_name(path)} unpacks to more than 2 GB; save its report sheet as CSV.")


def _old_workbook(path: Path) -> str:
    with path.open("rb") as file:
        encrypted = ENCRYPTED in file.read(64 * BLOCK)
    return (
        f"is protected by a password; take the password off, or {ASK}"
        if encrypted
        else f"is an old XLS; {ASK}"
    )


def _encoding(path: Path, start: bytes, repairs: Repairs) -> str:
    encoding = _marked(start) or _wide(start)
    if encoding is None:
        encoding = "utf-8" if _decodes(path, "utf-8") else "cp1252"
    if not _decodes(path, encoding) or start.startswith(UTF32):
        raise BadInput(f"{file_name(path)} is not a table in text; export the report as CSV or XLSX.")
    if encoding == "cp1252":
        repairs.say("The file is not in UTF-8: its letters were read as Windows text.")
    return encoding


def _marked(start: bytes) -> str | None:
    return next((encoding for mark, encoding in MARKS if start.startswith(mark)), None)


def _wide(start: bytes) -> str | None:
    """UTF-16 without its mark shows as a zero in every other byte."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 2 < len(start) * 0.8:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decodes(path: Path, encoding: str) -> bool:
    """Whether the whole file is text in this encoding."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            while block := file.read(BLOCK):
                if any(control in block for control in CONTROLS):
                    return False
    except UnicodeError:
        return False
    return True
