"""Draws instructions and allocations per route, on a scale of powers of ten.

The colours follow the reader's preference for light or dark.
"""

from math import log10

WIDTH, LEFT, BAR, ROW = 720, 150, 230, 26
PANELS = [("instructions", "user instructions per route (log scale)"), ("allocations", "allocations per route (log scale)")]
STYLE = """
text { font: 13px sans-serif; fill: #1f2328 } .bar { fill: #8c959f } .ours { fill: #0969da } .axis { stroke: #8c959f }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .bar { fill: #6e7681 } .ours { fill: #58a6ff } }
"""


def svg(rows, routes):
    rows = [row for row in rows if row["work"] == "routes" and row["who"] != "C, raw"]
    values = {
        "instructions": lambda row: row["instructions"],
        "allocations": lambda row: row["allocations"] / row["items"],
    }
    rows.sort(key=lambda row: (row["instructions"] is None, row["instructions"] or 0))
    height = 50 + ROW * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>A dump of {routes:,} routes: instructions and allocations per route</title>",
        f"<style>{STYLE}</style>",
    ]
    for number, row in enumerate(rows):
        parts.append(label(LEFT - 10, middle(number), row["who"], "end"))
    for panel, (key, title) in enumerate(PANELS):
        start = LEFT + panel * (BAR + 60)
        parts.append(label(start, 22, title))
        parts.append(f'<path class="axis" d="M{start} 34V{height - 8}"/>')
        known = [values[key](row) for row in rows if row[key] is not None]
        low, high = (10, max(known)) if key == "instructions" else (0.01, max(known))
        for number, row in enumerate(rows):
            value = None if row[key] is None else values[key](row)
            length = 0 if not value or value <= low else BAR * 0.75 * log10(value / low) / log10(max(high / low, 10))
            kind = "ours" if row["who"] == "nlsock" else "bar"
            parts.append(f'<rect class="{kind}" x="{start}" y="{middle(number) - 13}" width="{length:.1f}" height="18"/>')
            parts.append(label(start + length + 6, middle(number), shown(key, value)))
    return "\n".join([*parts, "</svg>"]) + "\n"


def middle(number):
    return 54 + ROW * number


def label(x, y, text, anchor="start"):
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}">{text}</text>'


def shown(key, value):
    if value is None:
        return "not counted"
    if key == "instructions":
        return f"{value:,.0f}"
    return "0" if value == 0 else f"{value:.1f}" if value >= 0.05 else "under 0.1"
