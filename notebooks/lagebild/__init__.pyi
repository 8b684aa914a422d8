from .analysis import OpenEdition as OpenEdition, open_edition as open_edition
from .charts import plots as plots

__version__: str
