class RefusalMiddleware:
    def __init__(self, get_response): self.get_response = get_response
    def __call__(self, request): return self.get_response(request)


def csrf_failure(request, reason=""):
    from django.http import HttpResponseForbidden
    return HttpResponseForbidden("csrf")
