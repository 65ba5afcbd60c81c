"""An exit handler around everything, fed by a pipeline parameter and the run's status."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func


def fetch(url: str) -> str:
    return url


def notify(channel: str, status: str):
    print(channel, status)


fetch_op = create_component_from_func(fetch)
notify_op = create_component_from_func(notify)


@dsl.pipeline(name='Exit handler', description='Says how the run ended')
def exit_handler(url: str = 'http://example.com', channel: str = '#ml'):
    done = notify_op(channel, '{{workflow.status}}')
    with dsl.ExitHandler(done):
        first = fetch_op(url)
        fetch_op(first.output).after(first)


if __name__ == '__main__':
    kfp.compiler.Compiler().compile(exit_handler, 'exit_handler.yaml')
