"""The calendar: days of festivals, days off and the working days that make up for them."""
