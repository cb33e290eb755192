"""When the bars of a higher timeframe begin: what resampling needs to know and a timeframe does not say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\Z")


@dataclass(frozen=True)
class Calendar:
    """A time zone, the time at which its trading day begins, and the first day of its week.

    Bars of minutes and hours are counted from the session start of each day, and cut off where the next day's session
    starts. A day lasts from session start to session start; a week begins with the session of `week_start`, a month
    with the session of its first day. Where clocks are set forward or back a day is shorter or longer.

    Parameters
    ----------
    timezone
        Name of an IANA time zone.
    session_start
        Local time of day, `HH:MM`.
    week_start
        Name of a weekday in English, in any case.

    Raises
    ------
    ValueError
        For a time zone that is not known, a time of day or a weekday that is none.

    Examples
    --------
    >>> import laakhay.ta as ta
    >>> forex = ta.Calendar("America/New_York", session_start="17:00", week_start="sunday")
    >>> forex.first_weekday
    6
    """

    timezone: str = "UTC"
    session_start: str = "00:00"
    week_start: str = "monday"

    def __post_init__(self) -> None:
        try:
            self.zone  # noqa: B018  (there is such a zone)
        except (KeyError, ValueError, OSError, TypeError):
            raise ValueError(f"timezone is {self.timezone!r}; a name such as 'Europe/London' is needed") from None
        if not isinstance(self.session_start, str) or _TIME_OF_DAY.match(self.session_start) is None:
            raise ValueError(f"session_start is {self.session_start!r}; a time of day such as '09:30' is needed")
        if not isinstance(self.week_start, str) or self.week_start.lower() not in WEEKDAYS:
            raise ValueError(f"week_start is {self.week_start!r}; accepted: {', '.join(WEEKDAYS)}")
        object.__setattr__(self, "week_start", self.week_start.lower())

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        # Looked for where a calendar is needed: it takes long to import.
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)

    @property
    def start_of_session(self) -> tuple[int, int]:
        """Hour and minute at which a session starts."""
        hour, minute = self.session_start.split(":")
        return int(hour), int(minute)

    @property
    def first_weekday(self) -> int:
        """Number of the weekday with which a week begins; Monday is 0."""
        return WEEKDAYS.index(self.week_start)


__all__ = ["Calendar"]
