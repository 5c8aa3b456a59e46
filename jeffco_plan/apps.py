from django.apps import AppConfig


class JeffcoPlanConfig(AppConfig):
    name = "jeffco_plan"
