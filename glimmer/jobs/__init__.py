"""Jobs: work that goes on while the notebook stays free."""

from glimmer.jobs.render_job import Film, RenderJob, start_render

__all__ = ["Film", "RenderJob", "start_render"]
