"""The site without its memory of finished pages: every answer is a first rendering.

granian --interface wsgi unkept:application
"""

from welfare.wsgi import application as remembered

application = remembered.application
