"""Events in time. In: events and conditions. Out: charts, as many pages as are needed, and one for a small screen.

placement   a place for every mark, bar and label
lanes       in which lane each event stands, under which label
counts      many events, counted per unit of time
panels      the parts of a page
pages       all of it, in one go
week        the seven days that matter most, to lead
"""
