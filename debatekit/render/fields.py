"""Fields as WeasyPrint writes them → fields as the PDF standard asks for them.

Stage: render, once the bytes are written. WeasyPrint names a radio button's group and
each of its buttons alike and lists both, so that a reader sees fields inside fields; it
exports a mark's place in place of its letter and draws no mark for 'off'. It also gives
every field an empty value; a file for students has no value at all.
"""

from __future__ import annotations

import io
from typing import Any

CIRCLE, TICK = "l", "4"
# How far the control points of a circle drawn as four curves lie from its ends.
CURVE = 0.5523


def with_fields(data: bytes) -> bytes:
    """The PDF with sound and empty fields. The file must have some."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as opened:
        form = opened.Root.AcroForm
        groups: dict[str, Any] = {}
        fields = []
        for page in opened.pages:
            for widget in page.obj.get("/Annots", []):
                if widget.Subtype != "/Widget":
                    continue
                if "/Parent" not in widget:
                    fields.append(_sound(opened, widget))
                    continue
                name = str(widget.Parent["/T"])
                if name not in groups:
                    groups[name] = opened.make_indirect(_group(name, widget))
                    fields.append(groups[name])
                _hang(opened, groups[name], widget)
        form.Fields = pikepdf.Array(fields)
        return saved(opened)


def saved(opened: Any) -> bytes:
    """A PDF's bytes, the same for the same contents."""
    import pikepdf

    out = io.BytesIO()
    opened.save(
        out,
        deterministic_id=True,
        fix_metadata_version=False,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()


def _group(name: str, first: Any) -> Any:
    """The field of radio buttons; it asks what stands before the comma in the first."""
    import pikepdf

    return pikepdf.Dictionary(
        FT=pikepdf.Name.Btn,
        Ff=first.Parent.Ff,
        T=pikepdf.String(name),
        TU=pikepdf.String(str(first.TU).rpartition(", ")[0]),
        Kids=pikepdf.Array(),
    )


def _hang(opened: Any, group: Any, button: Any) -> None:
    """Make a radio button one of its group, exported as what it stands for."""
    places = [kid.objgen for kid in button.Parent.Kids]
    state = str(button.Parent.Opt[places.index(button.objgen)])
    button.Parent = group
    group.Kids.append(button)
    for key in ("/T", "/FT"):
        del button[key]
    _draw(opened, button, state, CIRCLE)


def _sound(opened: Any, field: Any) -> Any:
    import pikepdf

    if field.FT == "/Btn":
        _draw(opened, field, "Yes", TICK)
    else:
        # Colour, font and size: what else WeasyPrint puts there, few readers expect.
        field.DA = pikepdf.String(str(field.DA).rpartition(" gs ")[2])
    del field["/V"]
    return field


def _draw(opened: Any, button: Any, state: str, style: str) -> None:
    """Give a button the looks of its states, both for readers that draw marks
    themselves and for those that do not."""
    import pikepdf

    left, low, right, high = (float(edge) for edge in button.Rect)
    wide, tall = abs(right - left), abs(high - low)
    looks = {state: _disc(wide, tall) if style == CIRCLE else _tick(wide, tall)}
    streams = {
        f"/{name}": opened.make_stream(
            look.encode(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=pikepdf.Array([0, 0, wide, tall]),
        )
        for name, look in {**looks, "Off": ""}.items()
    }
    button.AP = pikepdf.Dictionary(N=pikepdf.Dictionary(streams))
    button.AS = pikepdf.Name.Off
    button.MK = pikepdf.Dictionary(CA=pikepdf.String(style))


def _disc(wide: float, tall: float) -> str:
    x, y, r = wide / 2, tall / 2, min(wide, tall) * 0.3
    c = r * CURVE
    curves = (
        (x + r, y + c, x + c, y + r, x, y + r),
        (x - c, y + r, x - r, y + c, x - r, y),
        (x - r, y - c, x - c, y - r, x, y - r),
        (x + c, y - r, x + r, y - c, x + r, y),
    )
    drawn = " ".join(f"{_numbers(*curve)} c" for curve in curves)
    return f"0 g {_numbers(x + r, y)} m {drawn} f"


def _tick(wide: float, tall: float) -> str:
    points = ((0.2, 0.5), (0.42, 0.25), (0.82, 0.8))
    first, *others = (_numbers(x * wide, y * tall) for x, y in points)
    lines = " ".join(f"{point} l" for point in others)
    return f"0 G {_numbers(wide / 7)} w {first} m {lines} S"


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}" for value in values)
