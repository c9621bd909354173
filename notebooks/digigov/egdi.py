"""How the UN made its index of its parts in each edition. No arrays here: each start of the course checks the table."""

PARTS = ("osi", "hci", "tii")  # online services, human capital, telecommunication infrastructure
ALIKE = (1.0, 1.0, 1.0)
# By least squares; a test finds them again from the table. All other editions weigh the parts alike.
WEIGHTS = {2008: (0.34, 0.33, 0.33), 2010: (0.34, 0.33, 0.33)}


def weights_of(edition: int) -> tuple[float, ...]:
    """The weights with which an edition was made, in the order of PARTS."""
    return WEIGHTS.get(edition, ALIKE)
