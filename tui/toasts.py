"""What is said in a corner of the screen: the latest word, and what should not be missed."""

from __future__ import annotations

from typing import Final, Self

from textual.notifications import Notification, Notifications

MOST: Final = 2
"""Toasts that are shown at a time."""

SECONDS: Final = 3.0
"""How long a toast is shown, unless it asks for more."""


class Toasts(Notifications):
    """Few notifications: what informs gives way to whatever comes next, warnings and errors to newer ones."""

    def add(self, notification: Notification) -> Self:
        """Take a notification, and let go of those that it displaces."""
        important = [one for one in self if one.severity != "information"]
        kept = important[-(MOST - 1) :]
        for older in list(self):
            if older not in kept:
                del self[older]
        return super().add(notification)
