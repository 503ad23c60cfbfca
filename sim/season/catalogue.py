"""Every measure of a season, defined once, as `sim.measures.catalogue` does for a week.

Weekly ones by the names of `WeekRecord.values`; over a season, averages of the weeks, and what only months can show.
"""

from sim.measures import Measure
from sim.measures.catalogue import Kind

Row = tuple[str, str, str, int, float, Kind, str]

_ISSUES: tuple[Row, ...] = (
    ("promise_kept", "Promise kept", "share", 1, 0.01, "share", "Issues for which every standard held, courtesy too"),
    ("kept_answered", "Answered as promised", "share", 1, 0.01, "share", "Issues whose every contact was answered in time"),
    ("kept_contacts", "Settled in few contacts", "share", 1, 0.01, "share", "Issues with no more contacts than promised"),
    ("kept_story", "Story told once", "share", 1, 0.01, "share", "Issues whose story was told once"),
    ("kept_decision", "Decided in time", "share", 1, 0.01, "share", "Issues decided in the promised time"),
    ("kept_courtesy", "Met with courtesy", "share", 1, 0.01, "share", "Issues without a rude or indifferent word"),
    ("unresolved", "Not settled", "share", -1, 0.01, "share", "Issues that were never settled"),
    ("first_contact_resolution", "Settled in the first contact", "share", 1, 0.01, "share", "Issues settled in their first contact"),
    ("contacts_per_issue", "Contacts for an issue", "contacts", -1, 0.02, "count", "How often a customer contacts us about one issue"),
    ("satisfaction", "Satisfaction, all", "points", 1, 0.5, "count", "Mean satisfaction of all issues, silent failures too"),
    ("satisfaction_served", "Satisfaction, as surveyed", "points", 1, 0.5, "count", "Mean satisfaction of issues whose last contact was answered"),
    ("satisfaction_spread", "Spread of satisfaction", "points", -1, 0.5, "count", "Standard deviation between issues"),
    ("difficult_gap", "Difficult customers' loss", "points", 0, 0.5, "count", "Satisfaction of others less that of difficult customers"),
    ("top_box", "Satisfied", "share", 1, 0.01, "share", "Issues with satisfaction of 65 or more"),
    ("complaints", "Complaints", "a week", 0, 5, "count", "Failures that customers reported"),
    ("recovered", "Put right", "a week", 0, 5, "count", "Failures that were put right"),
    ("delighted", "Delighted", "share", 0, 0.01, "share", "Issues with something beyond the promise"),
    ("issues", "Issues", "a week", 0, 10, "count", "Issues that came to their end"),
)  # fmt: skip
_FLOW: tuple[Row, ...] = (
    ("contacts", "Contacts", "a week", -1, 20, "count", "Contacts that came"),
    ("containment_apparent", "Bot: seems contained", "share", 0, 0.01, "share", "Sessions that end without a person"),
    ("containment_true", "Bot: truly settled", "share", 1, 0.01, "share", "Sessions that settle the issue"),
    ("wait_mean", "Mean wait", "minutes", -1, 0.1, "minutes", "Wait of all who queued, answered or not"),
    ("wait_core", "Mean wait, core", "minutes", -1, 0.1, "minutes", "Wait of core customers"),
    ("wait_others", "Mean wait, others", "minutes", -1, 0.1, "minutes", "Wait of the other customers"),
    ("wait_p90", "Wait of 9 in 10", "minutes", -1, 0.25, "minutes", "Nine in ten who queued waited less"),
    ("abandonment_rate", "Abandoned", "share", -1, 0.01, "share", "Contacts that queued and hung up"),
    ("hold_rate", "On hold", "share", -1, 0.005, "share", "Answered contacts on hold for a decision"),
)  # fmt: skip
_CUSTOMERS: tuple[Row, ...] = (
    ("customers", "Customers", "customers", 1, 50, "count", "Customers we have"),
    ("left", "Customers lost", "a week", -1, 1, "count", "Customers who left"),
    ("joined", "Customers won", "a week", 1, 1, "count", "Customers who joined"),
    ("loyalty", "Loyalty", "points", 1, 0.5, "count", "Mean of what holds customers: belief, certainty, no bad memories, tenure"),
    ("leaving", "Leaves in a month", "share", -1, 0.0005, "share", "Mean chance that a customer leaves within a month"),
    ("praise", "Praise", "a month", 1, 0.2, "count", "Messages of praise for 100 customers"),
    ("felt_variability", "Felt variability", "points", -1, 0.5, "count", "Standard deviation of satisfaction that customers have come to count on"),
    ("expectation", "Expectation", "points", 0, 0.5, "count", "What customers expect"),
    ("nps", "Net promoter score", "points", 1, 2, "count", "An output for comparison, never a driver"),
)  # fmt: skip
_PEOPLE: tuple[Row, ...] = (
    ("at_work", "People", "people", 1, 0.2, "count", "Posts of the house that somebody holds"),
    ("vacancies", "Empty posts", "posts", -1, 0.2, "count", "Posts of the house that nobody holds"),
    ("quits", "Quits", "a week", -1, 0.02, "count", "People of the house who quit"),
    ("expected_quits", "Quits expected", "a week", -1, 0.005, "count", "The same without the luck of the draw"),
    ("exhaustion", "Exhaustion", "share", -1, 0.02, "share", "Mean exhaustion of the house's people, 0 to 1"),
    ("occupancy", "Occupancy", "share", 0, 0.01, "share", "Share of the time on duty that was busy"),
    ("pressure", "Work pressure", "ratio", -1, 0.02, "count", "Work over what the people can do; 1 is no pressure"),
    ("time_taken", "Time taken", "share", 1, 0.01, "share", "Share of the needed time that a contact gets"),
    ("time_standard", "Time standard", "share", 1, 0.01, "share", "The share that people think right"),
)  # fmt: skip
_MONEY: tuple[Row, ...] = (
    ("margin", "Margin", "$ a week", 1, 200, "dollars", "What customers bring before service"),
    ("cost", "Cost", "$ a week", -1, 200, "dollars", "Everything spent"),
    ("profit", "Profit", "$ a week", 1, 200, "dollars", "Margin less cost"),
    ("goodwill", "Goodwill", "$ a week", -1, 100, "dollars", "Exceptions allowed"),
    ("cost_service", "Service", "$ a week", -1, 100, "dollars", "People on the phones, bot, goodwill"),
    ("cost_training", "Training", "$ a week", -1, 50, "dollars", "Time in training"),
    ("cost_hiring", "Hiring", "$ a week", -1, 50, "dollars", "Replacing those who quit"),
    ("cost_joining", "Winning customers", "$ a week", 0, 100, "dollars", "Acquisition"),
    ("cost_delight", "Delight", "$ a week", -1, 50, "dollars", "What went beyond the promise"),
    ("cost_recovery", "Recovery", "$ a week", -1, 50, "dollars", "Failures put right"),
    ("cost_programmes", "Programmes", "$ a week", -1, 50, "dollars", "Prevention, feedback, variants, contract"),
)  # fmt: skip
_OVERALL: tuple[Row, ...] = (
    ("retention_12", "Still with us after a year", "share", 1, 0.005, "share", "Of the customers at the beginning"),
    ("retention_24", "Still with us after two years", "share", 1, 0.005, "share", "Of the customers at the beginning"),
    ("stays_12", "Expected to stay a year", "share", 1, 0.005, "share", "The same from everybody's chance to leave, without the luck of the draw"),
    ("stays_24", "Expected to stay two years", "share", 1, 0.005, "share", "The same from everybody's chance to leave, without the luck of the draw"),
    ("profit_12", "Profit over 12 months", "dollars", 1, 10_000, "dollars", "Discounted"),
    ("profit_24", "Profit over 24 months", "dollars", 1, 20_000, "dollars", "Discounted"),
    ("profit_24_with_value", "Profit over 24 months and the customers left", "dollars", 1, 50_000, "dollars", "With what the customers at the end are worth"),
    ("cost_12", "Cost over 12 months", "dollars", -1, 10_000, "dollars", "Not discounted"),
    ("cost_24", "Cost over 24 months", "dollars", -1, 20_000, "dollars", "Not discounted"),
    ("cost_per_contact", "Cost of a contact", "dollars", -1, 0.1, "dollars", "Service cost over contacts"),
    ("cost_per_resolved_issue", "Cost of a settled issue", "dollars", -1, 0.1, "dollars", "Service cost over issues settled"),
    ("team_gap", "Gap between desks", "share", -1, 0.01, "share", "Best less worst desk's share of promises kept"),
    ("worst_tenth", "Own promise kept, worst tenth", "share", 1, 0.01, "share", "Nine customers in ten have at least this share of promises kept"),
    ("turnover", "Turnover", "a year", -1, 0.02, "count", "Expected quits a year for each post held"),
)  # fmt: skip

GROUPS = {
    "Issues": _ISSUES,
    "Contacts": _FLOW,
    "Customers": _CUSTOMERS,
    "People": _PEOPLE,
    "Money": _MONEY,
    "Over the season": _OVERALL,
}
MEASURES = {row[0]: Measure(*row) for rows in GROUPS.values() for row in rows}
WEEKLY = tuple(row[0] for name, rows in GROUPS.items() if name != "Over the season" for row in rows)
