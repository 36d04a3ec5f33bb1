"""JSON that gives back what was put in."""

from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


class ExactEncoder(DjangoJSONEncoder):
    """Write instants with their microseconds, which Django's encoder cuts off (ECMA-262 has only milliseconds)."""

    def default(self, o: Any) -> Any:
        """Return an instant in ISO 8601, anything else as Django writes it."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)
