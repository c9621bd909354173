"""A lab's figures as a learner's notebook would usually draw them: `interact`, new figures, pictures.

They are drawn from the same model by the same drawing code as the lab, so that only the way differs.
"""

import io

import matplotlib
from IPython.display import Image, display
from ipywidgets import IntSlider, interact
from matplotlib.figure import Figure

from digigov.figures import LOOK, POINTS_PER_INCH
from digigov.labs.catalogue import lab_class
from digigov.labs.controls import Control


def slider_of(name: str) -> Control:
    """The slider that is turned: the lab's first one in view."""
    return next(control for control in lab_class(name).controls if control.kind == "range" and control.front)


def positions(control: Control) -> tuple[list[float], int]:
    """Values that the slider's arrow keys reach around the default, and the default's place among them."""
    if control.stops:
        values = list(control.stops)
    else:
        count = round((control.maximum - control.minimum) / control.step)
        values = [control.minimum + step * control.step for step in range(count + 1)]
    here = min(range(len(values)), key=lambda place: abs(values[place] - control.default))
    return values, here


def show(name: str) -> None:
    """The rival's cell."""
    control = slider_of(name)
    values, here = positions(control)

    def draw(place: int) -> None:
        lab = lab_class(name)()
        result = lab.run({**lab.defaults(), control.name: values[place]})
        lab.draw(result, {})
        with matplotlib.rc_context(LOOK):
            pictures = [Image(data=_png(panel.figure)) for _, panel in lab.panels]
        display(*pictures)  # together: the clock stops at the first that comes
        print(lab.sentence(result), *lab.measures(result), sep="\n")

    interact(draw, place=IntSlider(here, 0, len(values) - 1))


def _png(figure: Figure) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=1.4 * POINTS_PER_INCH)  # what plt.show makes in a notebook: 100 dots an inch
    return out.getvalue()
