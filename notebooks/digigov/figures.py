"""One look for all figures, and figures that live: matplotlib lays them out once, a change moves only the marks.

A panel is drawn once as SVG, which the browser keeps. After that `marks` gives the new geometry of the artists
that move, a few kilobytes, instead of a new picture. Colours become CSS variables, so a panel follows the theme.
"""

import base64
import io
import re
from typing import Any

import matplotlib
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

# Light-theme colours. The two governments also differ in line, hatch and label (Okabe-Ito hues, darkened to 4.5:1).
INK, MUTED, GRID = "#1c1b1f", "#5e5d66", "#dcdbe0"
EGOV, DIGITAL, EVIDENCE = "#a8480f", "#0b62ab", "#6a3d9a"
EGOV_LINE = {"color": EGOV, "linestyle": (0, (5, 2)), "linewidth": 2.4}
DIGITAL_LINE = {"color": DIGITAL, "linewidth": 2.4}
VARIABLES = {INK: "ink", MUTED: "muted", GRID: "grid", EGOV: "egov", DIGITAL: "digital", EVIDENCE: "evidence"}

POINTS_PER_INCH = 72
WIDE = 8.0  # inches, from which a panel takes the whole row
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
FONT = "'DejaVu Sans', Verdana, sans-serif"  # Verdana has the same widths where DejaVu is not installed
LOOK = {
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "svg.fonttype": "none",
    "svg.hashsalt": "digigov",
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "hatch.linewidth": 0.6,
    "figure.dpi": POINTS_PER_INCH,
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
}
# As a decorator: what a lab draws while it is built gets the look too.
styled = matplotlib.rc_context(LOOK)


class Panel:
    """One matplotlib figure whose named artists move. Sizes in inches."""

    def __init__(self, width: float = 5.6, height: float = 3.9) -> None:
        with matplotlib.rc_context(LOOK):
            self.figure = Figure(figsize=(width, height), layout="constrained")
            self.axes = self.figure.add_subplot()
        self.wide = width > WIDE
        self._height = height * POINTS_PER_INCH
        self._moving: dict[str, Artist] = {}
        self._settled = False

    def move(self, name: str, artist: Artist) -> Any:
        """Let `artist` move under `name`; returns it. Text must stand on its baseline, as SVG text does.

        Raises TypeError for what is neither text, line nor patch.
        """
        if not isinstance(artist, Text | Line2D | Patch):
            raise TypeError(f"{type(artist).__name__} cannot move")
        if isinstance(artist, Text):
            artist.set_va("baseline")
        artist.set_gid(name)
        self._moving[name] = artist
        return artist

    def svg(self) -> str:
        """The panel as SVG, every moving artist drawn, hidden ones too: they may appear later."""
        self._settle()
        hidden = [artist for artist in self._moving.values() if not artist.get_visible()]
        for artist in hidden:
            artist.set_visible(True)
        out = io.StringIO()
        with matplotlib.rc_context(LOOK):
            self.figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        for artist in hidden:
            artist.set_visible(False)
        return themed(out.getvalue())

    def marks(self) -> dict[str, dict[str, Any]]:
        """Geometry of each moving artist in the SVG's own units (points, y downwards)."""
        self._settle()
        return {
            name: {"hidden": not artist.get_visible(), **self._geometry(artist)}
            for name, artist in self._moving.items()
        }

    def png(self, scale: float = 2.0) -> str:
        """The panel as a PNG data address, for pages that are read without a kernel."""
        self._settle()
        out = io.BytesIO()
        with matplotlib.rc_context(LOOK):
            self.figure.savefig(out, format="png", dpi=POINTS_PER_INCH * scale, facecolor="white")
        return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()

    def _settle(self) -> None:
        """Fix the layout, once: from here on the axes stand still and only marks move."""
        if self._settled:
            return
        with matplotlib.rc_context(LOOK):
            self.figure.draw_without_rendering()
            self.figure.set_layout_engine(None)  # "none" would cost one more drawing at each savefig
        self._settled = True

    def _geometry(self, artist: Artist) -> dict[str, Any]:
        if isinstance(artist, Text):
            x, y = self._point(artist.get_transform().transform(artist.get_unitless_position()))
            return {"x": x, "y": y, "anchor": ANCHORS[artist.get_ha()], "text": artist.get_text()}
        if isinstance(artist, Line2D):
            path = artist.get_transform().transform_path(artist.get_path())
            line = {"d": self._outline(path)} if artist.get_linestyle() != "None" else {}
            if artist.get_marker() in (None, "", "None", " "):
                return line
            return line | {"at": [list(self._point(vertex)) for vertex in path.vertices]}
        return {"d": self._outline(artist.get_transform().transform_path(artist.get_path()))}

    def _point(self, vertex: Any) -> tuple[float, float]:
        return round(float(vertex[0]), 1), round(self._height - float(vertex[1]), 1)

    def _outline(self, path: Path) -> str:
        flipped = path.transformed(Affine2D().scale(1, -1).translate(0, self._height))
        steps = []
        for vertices, code in flipped.iter_segments(simplify=False, curves=True):
            letter = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "z"}[code]
            numbers = "" if letter == "z" else " ".join(f"{value:.1f}" for value in vertices)
            steps.append(letter + numbers)
        return "".join(steps) or "M0 0"


def themed(svg: str) -> str:
    """SVG for the inside of a page: no XML head, colours as CSS variables, the page decides the size."""
    svg = svg[svg.index("<svg") :]
    for colour, name in VARIABLES.items():
        svg = svg.replace(colour, f"var(--dg-{name})")
    svg = re.sub(r"font-family: [^;\"]+", f"font-family: {FONT}", svg)
    # Matplotlib's style sheet is for `*`, in a page every icon of it: our root says the same for us alone.
    svg = re.sub(r"<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.DOTALL)
    head, _, body = svg.partition(">")
    head = re.sub(r' (width|height)="[^"]*"', "", head)
    return f'{head} style="stroke-linejoin: round; stroke-linecap: butt">{body}'
