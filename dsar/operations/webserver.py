"""How gunicorn runs (``--config python:dsar.operations.webserver``), under ``make run`` and in a container alike."""

import logging

from gunicorn.config import Config
from gunicorn.glogging import Logger

from dsar import env
from dsar.operations import logs

_host = env.text(env.WEB_HOST)
bind = f"{f'[{_host}]' if ':' in _host else _host}:{env.integer(env.WEB_PORT, 1, 65535)}"
wsgi_app = "dsar.wsgi:application"
worker_class = "gthread"
workers = 1  # SQLite has one writer; threads share one process's caches
threads = 8
timeout = 60
graceful_timeout = 3  # below the five seconds in which everything stops
keepalive = 5
control_socket_disable = True
accesslog = None  # a path can hold a link's token


class QuietLogger(Logger):
    """Gunicorn's messages through our own formatter."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        logs.configure({"style": env.choice(env.LOG_FORMAT, "console", "json")})
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.setLevel(logging.INFO)


logger_class = QuietLogger
