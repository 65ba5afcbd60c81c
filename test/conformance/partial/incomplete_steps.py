"""Steps that lack what they cannot do without, as fragments in tutorials do."""
from kfp import dsl
from kfp.components import create_component_from_func


def train(learning_rate: float, layers: int = 3) -> float:
    return learning_rate * layers


train_op = create_component_from_func(train)


@dsl.pipeline(name='Incomplete steps')
def incomplete_steps(rate: float = 0.1):
    volume = dsl.VolumeOp(name='v1', resource_name='mypvc', size='1Gi')
    dsl.VolumeOp(name='v2', resource_name='other')  # not read
    test = dsl.ContainerOp(name='test', pvolumes={'/mnt': volume.volume})  # not read
    test.set_cpu_limit('1')  # not read
    trained = train_op(rate).set_cpu_request(2)
    dsl.ResourceOp(name='nothing')  # not read
    dsl.ContainerOp(name='done', image='alpine:3.18', command=['echo', trained.output], pvolumes={'/mnt': volume.volume})
