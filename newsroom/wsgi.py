"""The site as a WSGI application; a mis-set site ends here instead of serving wrong pages."""

import gc
import os

# What is made while the site loads stays. Looking for waste in it takes a tenth of the start, and would take time from
# requests for ever after: so it is not looked at until it is there, and then set aside.
gc.disable()

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

gc.freeze()
gc.enable()
