"""Events in time. In: events and conditions. Out: charts, as many pages as are needed, and one for a small screen.

placement   a place for every mark, bar and label, and how they look
lanes       in which period and lane each event stands, under which label, and which weigh most
counts      many events, counted per unit of time
panels      the parts of a page
pages       all of it, in one go: panels on pages, the whole time above, the key below
week        the seven days that matter most, to lead
"""
