"""The site as a WSGI application; a mis-set site ends here instead of serving wrong pages."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from newsroom.environment import refuse_misconfigured

refuse_misconfigured()

import django

from newsroom.apps import DeskConfig

DeskConfig.is_open_at_once = False
django.setup(set_prefix=False)

from django.core.wsgi import get_wsgi_application

from newsroom.checks import refuse_to_serve

refuse_to_serve()
application = get_wsgi_application()
