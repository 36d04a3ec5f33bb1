"""What must hold before a story moves; one file per family of checks."""

from articles.quality.problems import Problem
from articles.quality.release import release_problems

__all__ = ["Problem", "release_problems"]
