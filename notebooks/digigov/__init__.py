"""Chính phủ số, thực hành: what a notebook of the course imports. Each name is one call in a learner's cell."""

from digigov.calls import (
    check_setup,
    claims,
    comparison,
    course_map,
    definition,
    my_record,
    quiz,
    rollout,
    sources,
    table,
)

__all__ = [
    "check_setup",
    "claims",
    "comparison",
    "course_map",
    "definition",
    "my_record",
    "quiz",
    "rollout",
    "sources",
    "table",
]
