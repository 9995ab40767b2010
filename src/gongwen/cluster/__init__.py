"""Jobs done on several machines, by the workers of a Dask scheduler: an executor as those of `parallel`."""

from __future__ import annotations

from gongwen.cluster.client import Cluster, ClusterError

__all__ = ["Cluster", "ClusterError"]
