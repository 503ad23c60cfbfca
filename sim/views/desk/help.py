"""The desk's help."""

HELP = """
<h4>One page for the whole workshop</h4>
<p>The blue button is the next step, and says what it does. Back goes one step back; Undo takes back the latest thing.
Nothing that came in is ever lost: it is in the session's file before this page says so.</p>
<h4>Cards and codes</h4>
<p>Type a team's card in its row: 9 or nine, 58 or “58 of 100”; an order as the card's column Place, from top to bottom,
such as 2 3 1, or in words, the highest first, such as story &gt; agent &gt; wow. Or paste decision codes in the panel
Codes, many at once. What cannot be taken stays in its box, with a sentence below.</p>
<h4>What the marks say</h4>
<p>● in. ○ not yet. ◐ in part. ◆ late. ↻ carried over: the team plays its last plan.
! odd: far from all others; ask the team.</p>
<h4>If something breaks</h4>
<p>Open the page again: it goes on in the same phase. If the screen is gone, the booklet and the wall charts go on.</p>
"""
