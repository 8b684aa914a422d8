"""Events in time. In: events and conditions. Out: charts, as many pages as are needed, and one for a small screen.

lanes     in which lane each event stands, under which label
weight    which events weigh most
periods   the stretches of time that get a panel of their own
packing   a place for every mark, bar and label
counts    many events, counted per unit of time
panels    the parts of a page
overview  the whole time, above the rest
legend    the key to the marks, below the rest
filling   panels on pages
pages     all of it, in one go
week      the seven days that matter most, to lead
"""
