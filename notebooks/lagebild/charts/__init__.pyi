from . import matrix as matrix, plots as plots, render as render
from .bars import (
    draw_bars as draw_bars,
    draw_likelihoods as draw_likelihoods,
    draw_types as draw_types,
    draw_voices as draw_voices,
)
from .chart import Chart as Chart
from .drawing import (
    Axis as Axis,
    Drawing as Drawing,
    Picture as Picture,
    Text as Text,
    draw_line as draw_line,
    draw_ticks as draw_ticks,
)
from .ladder_chart import draw_ladder as draw_ladder
from .matrix import (
    SATURATION as SATURATION,
    Cell as Cell,
    Cells as Cells,
    add_more as add_more,
    draw_cells as draw_cells,
    limit_actors as limit_actors,
    rank_actors as rank_actors,
    weigh_actors as weigh_actors,
)
from .own import OWN as OWN
from .plots import TEMPLATE as TEMPLATE
from .render import draw_charts as draw_charts, read_svg as read_svg
from .style import (
    BLANKS as BLANKS,
    FONTS as FONTS,
    NARROW as NARROW,
    STYLE as STYLE,
    break_lines as break_lines,
    find_letters as find_letters,
    measure_text as measure_text,
)
from .svg import (
    draw_images as draw_images,
    encode_svg as encode_svg,
    shrink_images as shrink_images,
)
from .timeline.counts import (
    HIGH as HIGH,
    choose_unit as choose_unit,
    draw_counts as draw_counts,
    name_span as name_span,
)
from .timeline.lanes import add_evidence as add_evidence, note_status as note_status, place_events as place_events
from .timeline.pages import draw_timeline as draw_timeline
from .timeline.week import describe_week as describe_week, draw_week as draw_week, find_week as find_week
