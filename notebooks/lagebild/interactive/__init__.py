"""What works in a notebook only while somebody works in it. In: a built edition or a case. Out: widgets, decisions.

openings        what each notebook says first
display         whole tables to sort and search, charts to zoom
evidence        the events of an edition with all that they rest on
widget          what both widgets share
explorer        the widget in which one explores an edition
review_queue    the rows of a case that wait for a decision
new_actor       an actor that a reviewer adds to the case
meeting         what somebody else decided meanwhile on the rows of an act
review_widget   the widget in which one decides
"""
