"""The numbers by which decision codes name the choices of a plan and the operations they begin from.

Append only: a code written down years ago is read with these numbers. A field that a plan no longer has keeps its line.
The levers and what goes with them come first, for small numbers make short codes.
"""

FIELDS: tuple[tuple[str, str], ...] = (
    ("plan.staffing.agents", "count"),
    ("plan.outsourcing.share", "decimal"),
    ("plan.chatbot.coverage", "decimal"),
    ("plan.empowerment.authority_limit", "decimal"),
    ("plan.staffing.specialists", "count"),
    ("plan.empowerment.supervisors", "count"),
    ("plan.time_standard", "decimal"),
    ("plan.teamwork.routing_accuracy", "decimal"),
    ("plan.teamwork.context_kept", "decimal"),
    ("plan.outsourcing.vendor", "vendor"),
    ("plan.outsourcing.agents", "count or none"),
    ("plan.chatbot.hands_over", "switch"),
    ("plan.chatbot.carries_context", "switch"),
    ("plan.chatbot.types", "types"),
    ("plan.empowerment.hold_limit", "count"),
    ("plan.empowerment.rule_density", "decimal"),
    ("plan.empowerment.trust", "decimal"),
    ("plan.teamwork.departments", "count"),
    ("plan.teamwork.cross_skill", "decimal"),
    ("plan.teamwork.repeats_first", "switch"),
    ("plan.core_first", "switch"),
    ("plan.promise.answer_within", "decimal"),
    ("plan.promise.contacts", "count"),
    ("plan.promise.decision_within", "decimal"),
    ("plan.promise.story_once", "switch"),
    ("plan.promise.bar", "decimal"),
    ("plan.promise.answer_target", "decimal"),
    ("plan.promise.service_level_definition", "service level"),
    ("plan.recovery.offered", "switch"),
    ("plan.recovery.fix_hours", "decimal"),
    ("plan.recovery.apology", "switch"),
    ("plan.recovery.surprise", "switch"),
    ("plan.recovery.guarantee", "decimal"),
    ("plan.recovery.reaches_out", "decimal"),
    ("plan.delight.share", "decimal"),
    ("plan.delight.refreshed", "switch"),
    ("plan.prevention.effort", "decimal"),
    ("plan.prevention.feedback", "decimal"),
    ("plan.people.training", "decimal"),
    ("plan.people.hires_attitude", "decimal"),
    ("plan.people.support", "decimal"),
    ("plan.people.recognition", "decimal"),
    ("plan.people.heroes", "decimal"),
    ("plan.people.pay", "decimal"),
    ("plan.personalisation.variants", "count"),
    ("plan.protection.from_abuse", "decimal"),
    ("plan.protection.time_standard", "switch"),
    ("plan.staffing.shift_minutes", "decimal"),
    ("plan.staffing.lunch_minutes", "decimal"),
    ("plan.staffing.short_breaks", "count"),
    ("plan.staffing.short_break_minutes", "decimal"),
    ("plan.staffing.curve", "curve"),
    ("plan.hours.monday", "day"),
    ("plan.hours.tuesday", "day"),
    ("plan.hours.wednesday", "day"),
    ("plan.hours.thursday", "day"),
    ("plan.hours.friday", "day"),
    ("plan.hours.saturday", "day"),
    ("plan.hours.sunday", "day"),
)
"""Path and kind of every field of a plan; the first has number 1."""

OPERATIONS: tuple[str, ...] = (
    "today",
    "lean",
    "cheap_partner",
    "good_partner",
    "bot_without_people",
    "bot_with_people",
    "ask_the_boss",
    "trusted_frontline",
    "silos",
)
"""The named scenarios a code may begin from; the first has number 0."""

PLACES: tuple[str, ...] = ("", "bank", "telco", "retail", "utility")
"""The industries a code may be played in; number 0 is none in particular."""
