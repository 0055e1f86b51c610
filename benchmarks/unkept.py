"""The site without its page cache: every answer is a first rendering.

granian --interface wsgi unkept:application
"""

from welfare.wsgi import application as cached

application = cached.application
