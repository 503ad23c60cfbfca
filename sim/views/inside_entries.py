"""Where each choice acts: functions of the model by name, and the pieces of their text to point at.

No line of source is kept here: `inside` reads the source itself each time it shows it, and a test asks that every
piece named is still there.
"""

from dataclasses import dataclass

JOURNEY, PEOPLE, RULES = "flow/journey.py", "flow/people.py", "flow/rules.py"
FATE, CHANCES = "flow/fate.py", "flow/chances.py"
ARRIVAL, ROSTER = "flow/arrival.py", "flow/roster.py"
IMPRESSIONS, FEELING, LEDGER = "season/impressions.py", "season/feeling.py", "season/ledger.py"


@dataclass(frozen=True)
class Place:
    """A piece of the model: its file below `sim`, the function, what to point at in it, and a sentence about it."""

    file: str
    function: str
    marked: tuple[str, ...]
    told: str


@dataclass(frozen=True)
class Entry:
    """A choice of the plan: its path, what it does in one sentence, and where."""

    path: str
    told: str
    places: tuple[Place, ...]


ENTRIES: dict[str, Entry] = {
    "staffing": Entry(
        "plan.staffing.agents",
        "Staffing sets how many people there are to answer, and with that how long the others in the line wait.",
        (
            Place(
                PEOPLE, "Centre._employ", ("members.agents.append(Agent(",),
                "Before the week begins, every post of the plan becomes a person of a team, with a pace and an "
                "ability of their own: one more agent is one more turn of this loop.",
            ),
            Place(
                PEOPLE, "AgentTeam.answer", ("if not self.idle:", "self.idle.popleft()"),
                "A contact asks whether anybody is free: with nobody free it gets nobody, otherwise whoever has been "
                "free the longest.",
            ),
            Place(
                JOURNEY, "talk", ("agent = team.answer() or (yield team.queue(contact, patience))",),
                "This is the wait: an agent at once, or else the contact stands in line until one is free or its "
                "patience ends.",
            ),
            Place(
                PEOPLE, "AgentTeam.seek_work", ("turn = self.waiting.next()", "turn.succeed(agent)"),
                "Whoever has finished takes the next in line: the more people there are, the more often this happens "
                "and the shorter the line.",
            ),
        ),
    ),
    "outsourcing": Entry(
        "plan.outsourcing.share",
        "Outsourcing sends a share of the contacts to a team of the partner's, with its own line, its own people and "
        "its own pace; those people leave the house.",
        (
            Place(
                FATE, "queue", ("< chances.outsourced", "Team.PARTNER if outsourced"),
                "Whether a contact goes to the partner is settled by its own luck before the clock begins: a larger "
                "share only ever adds contacts to the partner's, and moves none back.",
            ),
            Place(
                JOURNEY, "visit", ("draws.team, draws.patience",),
                "The contact queues for the team that was settled for it: the house, or the partner.",
            ),
            Place(
                JOURNEY, "talk", ("env, team = centre.env, centre.teams[to]",),
                "Each team has a line of its own, so that an agent who is free in one does not help in the other.",
            ),
            Place(
                JOURNEY, "settle", ("verdict(allowed or not needs, hurdle, agent.ability)",),
                "What the partner's people settle depends on their ability, which follows from what the partner was "
                "chosen for.",
            ),
        ),
    ),
    "chatbot": Entry(
        "plan.chatbot.coverage",
        "Chatbot coverage is the share of contacts, of the types it takes, that meet the bot before any person.",
        (
            Place(
                FATE, "bot", (">= chances.bot_offered", "< chances.bot_settles"),
                "Whether a contact is offered the bot, and what comes of it, is settled by its own luck: the bot "
                "settles it, only seems to, is a dead end, is given up, or hands over.",
            ),
            Place(
                JOURNEY, "visit",
                ("if draws.bot != Bot.NONE:", "if draws.bot != Bot.HANDS_OVER:", "contact.close(Outcome.CONTAINED"),
                "With the bot the contact takes its minutes first, and unless the bot hands over it ends there: "
                "settled, or with a customer left stranded, and no agent ever hears of it.",
            ),
            Place(
                PEOPLE, "Centre.begin", ("issue.stranded = ",),
                "An issue that the bot failed is marked: its customer will not try the bot with it again.",
            ),
            Place(
                PEOPLE, "Centre.tries_again", ("(draws.stranded_again, draws.stranded_after)",),
                "Some of those left stranded come back later, as one more contact for the people.",
            ),
        ),
    ),
    "empowerment": Entry(
        "plan.empowerment.authority_limit",
        "Empowerment is what an agent may give without asking: below it the agent decides at once, above it a "
        "supervisor has to.",
        (
            Place(
                PEOPLE, "Agent.__init__", ("self.limit = ",),
                "Every person carries their limit, in dollars, for the whole week.",
            ),
            Place(
                RULES, "decided_by", ("if needs <= limit:", "return Decision.BY_AGENT"),
                "What the customer needs is held against the limit: up to it, the agent decides; beyond, a supervisor "
                "does, live or in a call-back.",
            ),
            Place(
                JOURNEY, "settle", ("allowed = draws.granted if", "if contact.decision == Decision.ON_HOLD:"),
                "The agent's own decision takes no time at all; a supervisor's keeps customer and agent on hold, or "
                "waiting for a call-back.",
            ),
        ),
    ),
    "specialists": Entry(
        "plan.staffing.specialists",
        "Specialists are the second line: they take what was passed on, and whoever was passed on waits for them.",
        (
            Place(
                PEOPLE, "Centre._employ", ("members.agents.append(Agent(",),
                "Specialists are people like the others, in a team of their own.",
            ),
            Place(
                JOURNEY, "visit", ("Team.SPECIALISTS",),
                "A contact that was passed on stands in a second line, that of the specialists.",
            ),
            Place(
                PEOPLE, "AgentTeam.queue", ("self.waiting.join(contact.priority, turn)", "patience < math.inf"),
                "There it waits with the patience it has left: with few specialists, more of those who were passed "
                "on give up before anybody helps them.",
            ),
        ),
    ),
    "supervisors": Entry(
        "plan.empowerment.supervisors",
        "Supervisors decide what agents may not: the fewer there are, the longer customers hold or wait for a "
        "call-back.",
        (
            Place(
                PEOPLE, "Supervisors.__init__", ("deque(range(count))",),
                "At the beginning of the week as many supervisors are free as the plan has.",
            ),
            Place(
                PEOPLE, "Supervisors.queue", ("if self.on_duty and self.idle:", "self.holds.join", "call_backs.join"),
                "A question is heard at once by a free supervisor; otherwise it joins the customers on hold, or the "
                "call-backs.",
            ),
            Place(
                JOURNEY, "ask", ("contact.supervisor = yield bosses.queue(live)",),
                "This is the wait for a decision: agent and customer wait together, or the customer waits at home.",
            ),
            Place(
                PEOPLE, "Supervisors.free", ("turn = self.holds.next()", "turn = self.call_backs.next()"),
                "A supervisor who is free again hears those on hold first, and call-backs when nobody holds.",
            ),
        ),
    ),
    "routing_accuracy": Entry(
        "plan.teamwork.routing_accuracy",
        "Routing accuracy is how often a contact finds the right department at once; the others are passed on, and "
        "wait and talk a second time.",
        (
            Place(
                CHANCES, "misses", ("team.routing_accuracy",),
                "The chance to be passed on: that of missing the right department, less what the first agent can "
                "settle all the same.",
            ),
            Place(
                FATE, "transfer", ("draws.transfer = ",),
                "Each contact's own luck settles whether it is one of those.",
            ),
            Place(
                JOURNEY, "visit", ("if agent and draws.transfer:", "patience_left(", "leg = contact.second = Leg()"),
                "If it is, the first talk ends without a solution and the contact queues again, with less patience.",
            ),
        ),
    ),
    "context_kept": Entry(
        "plan.teamwork.context_kept",
        "Story kept is how often the story is already known when a contact is passed on or comes again; where it is "
        "not, it is told again, and the talk takes longer.",
        (
            Place(
                FATE, "transfer", (">= chances.context_kept", "chances.story if draws.told_again "),
                "Each contact's own luck settles whether the story is told again, and then how many minutes that adds.",
            ),
            Place(
                JOURNEY, "talk", ("talk_time(talk, agent.pace, story)",),
                "Those minutes are part of the talk: the agent is busy for as long, and the line behind waits.",
            ),
            Place(
                RULES, "talk_time", ("+ story",),
                "A quick agent makes what the contact needs shorter, but not the story told again.",
            ),
        ),
    ),
    "hold_limit": Entry(
        "plan.empowerment.hold_limit",
        "The longest line on hold: with that many customers already on hold, the next one is called back instead.",
        (
            Place(
                RULES, "may_hold", ("live_holds < hold_limit",),
                "A customer may stay on the line if a supervisor is free, or if fewer than the limit are on hold.",
            ),
            Place(
                JOURNEY, "settle", ("centre.operation.hold_limit", "if contact.decision == Decision.BY_CALL_BACK:"),
                "The number on hold is counted when the question comes up; where it is too many, the agent ends the "
                "talk and the decision comes later.",
            ),
            Place(
                RULES, "decided_by", ("Decision.ON_HOLD if may_hold else Decision.BY_CALL_BACK",),
                "So the limit moves waiting from the line, where agent and customer wait, to the customer's home.",
            ),
        ),
    ),
    "time_standard": Entry(
        "plan.time_standard",
        "The time standard shortens or stretches every talk; where it is below what contacts need, fewer are settled.",
        (
            Place(
                CHANCES, "_talk", ("hurry = ", "* standard", "- hurry"),
                "It multiplies the length of the talk; below 1 it also takes from the chance that the talk settles "
                "the issue, and above 1 it adds nothing to it.",
            ),
            Place(
                JOURNEY, "talk", ("talk_time(talk, agent.pace, story)",),
                "A shorter talk sets the agent free sooner, for the next in line.",
            ),
            Place(
                RULES, "verdict", ("hurdle < ability",),
                "In a hurry the hurdle is higher, so that the same agent settles fewer; those not settled come back.",
            ),
        ),
    ),
    "hands_over": Entry(
        "plan.chatbot.hands_over",
        "Whether the bot hands over to a person decides what becomes of those it cannot help: an agent, or a dead end.",
        (
            Place(
                FATE, "bot", ("elif not chances.bot_hands_over:", "draws.bot = Bot.DEAD_END"),
                "Without the way to a person, whoever the bot knows it cannot help is at a dead end.",
            ),
            Place(
                FATE, "dead_end", ("chances.dead_end_complains", "chances.dead_end_again"),
                "Some of those complain or phone later, the others give up.",
            ),
            Place(
                JOURNEY, "visit", ("if draws.bot != Bot.HANDS_OVER:",),
                "Only a contact that is handed over goes on to the line of the agents.",
            ),
        ),
    ),
    "trust": Entry(
        "plan.empowerment.trust",
        "Trust decides how often an agent who may decide says yes.",
        (
            Place(
                CHANCES, "_approval", ('"granted": 1 - (1 - scenario.plan.empowerment.trust)',),
                "With less trust, more of what an agent could grant is refused.",
            ),
            Place(
                JOURNEY, "settle", ("allowed = draws.granted if", "verdict(allowed or not needs"),
                "What is refused is not settled, however able the agent is.",
            ),
        ),
    ),
    "cross_skill": Entry(
        "plan.teamwork.cross_skill",
        "Cross-skill is how often the agent reached by mistake can settle the matter all the same.",
        (
            Place(
                CHANCES, "misses", ("(1 - team.cross_skill)",),
                "It takes away from the chance of being passed on.",
            ),
            Place(
                JOURNEY, "visit", ("if agent and draws.transfer:",),
                "Whoever is not passed on goes straight from the first talk to its end.",
            ),
        ),
    ),
    "repeats_first": Entry(
        "plan.teamwork.repeats_first",
        "Repeated contacts first puts whoever has to contact us again at the front of the line, and everybody else "
        "further back.",
        (
            Place(
                FATE, "write", ("draws.first_in_line = ",),
                "Every contact but the first of an issue is marked.",
            ),
            Place(
                PEOPLE, "Contact.__init__", ("FRONT if draws.first_in_line",),
                "Those marked get the best rank.",
            ),
            Place(
                PEOPLE, "Waiting.join", ("heappush(self._line, (rank, self._tickets, turn))",),
                "The line is kept by rank, and among equals by who came first.",
            ),
        ),
    ),
    "lunch_minutes": Entry(
        "plan.staffing.lunch_minutes",
        "Lunch takes each person off the phones for a while in the middle third of the shift, by turns; customers call "
        "all the same.",
        (
            Place(
                ROSTER, "_on_shift", ("(third, 2 * third, staffing.lunch_minutes)",),
                "Each shift is cut at its breaks before the week begins; everybody's lunch lies a little later than "
                "the one before.",
            ),
            Place(
                PEOPLE, "Agent.stop", ("self.on_duty = False", "self.team.idle.remove(self)"),
                "At the break the person takes no further contact; one that is in hand is finished first.",
            ),
            Place(
                PEOPLE, "AgentTeam.answer", ("if not self.idle:",),
                "Whoever is at lunch is not among those who are free, and the contact stands in line instead.",
            ),
        ),
    ),
    "departments": Entry(
        "plan.teamwork.departments",
        "Departments are doors to choose from: each further one is one more to knock at in vain.",
        (
            Place(
                CHANCES, "misses", ("(team.departments - 1)",),
                "The chance to be right is taken once for every further department, and shrinks with each.",
            ),
            Place(
                FATE, "transfer", ("draws.transfer = ",),
                "Each contact's own luck settles whether it is one that is passed on.",
            ),
            Place(
                JOURNEY, "visit", ("if agent and draws.transfer:", "leg = contact.second = Leg()"),
                "If it is, the first talk ends without a solution and the contact queues again.",
            ),
        ),
    ),
    "delight": Entry(
        "plan.delight.share",
        "Delight acts on no line of the journey: nobody waits, talks or comes back otherwise in the week; it acts over "
        "months, on what customers feel and on what it costs.",
        (
            Place(
                IMPRESSIONS, "impressions", ("delighted = ", "delight=like.quality.delight"),
                "When the week is over, its luck settles which of the served issues got something beyond the promise.",
            ),
            Place(
                FEELING, "live_one", ("delight *= left.fades", "felt = satisfaction(", "customers.expectation[who] = "),
                "It adds to what the customer feels, less each time unless it is new, and to what is expected next "
                "time.",
            ),
            Place(
                LEDGER, "costs", ("each_delight = ", '"delight": happened.delighted * each_delight'),
                "Each one costs money, in the week in which it is given.",
            ),
        ),
    ),
}  # fmt: skip
"""By the name a reader would use: a lever's, or the last word of the path."""
