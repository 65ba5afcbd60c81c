"""Training on a GPU: a volume made for the run holds the data and the model, and a token comes from a Secret."""
import kfp
from kfp import dsl
from kfp.components import create_component_from_func
from kubernetes.client import V1EnvVar, V1EnvVarSource, V1SecretKeySelector


def prepare_images(count: int) -> int:
    """Write small grey images, half of them with a bright corner, and say how many there are."""
    import random

    random.seed(11)
    with open("/data/images.csv", "w") as file:
        for index in range(count):
            label = index % 2
            pixels = [random.random() * 0.5 for _ in range(16)]
            pixels[0] += 0.5 * label
            file.write(",".join(f"{value:.3f}" for value in [label, *pixels]) + "\n")
    return count


def train_on_gpu(epochs: int, learning_rate: float) -> float:
    """Fit a linear classifier, on the GPU if there is one, and keep its weights on the volume."""
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    with open("/data/images.csv") as file:
        rows = torch.tensor([[float(value) for value in line.split(",")] for line in file], device=device)
    labels, pixels = rows[:, 0], rows[:, 1:]
    layer = torch.nn.Linear(pixels.shape[1], 1).to(device)
    optimizer = torch.optim.Adam(layer.parameters(), lr=learning_rate)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(layer(pixels)[:, 0], labels)
        loss.backward()
        optimizer.step()
    torch.save(layer.state_dict(), "/data/weights.pt")
    return float(((layer(pixels)[:, 0] > 0) == (labels > 0.5)).float().mean())


def register_model(accuracy: float):
    """Tell the registry about the model; the token comes from the environment."""
    import os

    token = os.environ["REGISTRY_TOKEN"]
    size = os.path.getsize("/data/weights.pt")
    print(f"would send {size} bytes with accuracy {accuracy:.2f}, using a token of {len(token)} characters")


prepare_op = create_component_from_func(prepare_images, base_image="python:3.9")
train_op = create_component_from_func(train_on_gpu, base_image="pytorch/pytorch:2.1.2-cuda11.8-cudnn8-runtime")
register_op = create_component_from_func(register_model, base_image="python:3.9")


@dsl.pipeline(name="GPU training", description="Train on a GPU with a volume for the run and a Secret for the registry.")
def gpu_training(count: int = 400, epochs: int = 200, learning_rate: float = 0.05):
    room = dsl.VolumeOp(name="create-volume", resource_name="training-data", size="10Gi", modes=dsl.VOLUME_MODE_RWO)

    prepared = prepare_op(count).add_pvolumes({"/data": room.volume})
    prepared.set_cpu_request("500m").set_memory_request("512Mi").set_memory_limit("1Gi")

    trained = train_op(epochs, learning_rate).add_pvolumes({"/data": prepared.pvolume})
    trained.set_cpu_request("2").set_cpu_limit("4").set_memory_request("4Gi").set_memory_limit("8Gi")
    trained.set_gpu_limit("1")
    trained.add_node_selector_constraint("cloud.google.com/gke-accelerator", "nvidia-tesla-t4")
    trained.set_retry(2)

    registered = register_op(trained.output).add_pvolumes({"/data": trained.pvolume})
    registered.container.add_env_variable(
        V1EnvVar(name="REGISTRY_TOKEN", value_from=V1EnvVarSource(secret_key_ref=V1SecretKeySelector(name="model-registry", key="token")))
    )


if __name__ == "__main__":
    kfp.compiler.Compiler().compile(gpu_training, "gpu-training.yaml")
