"""Makes training.safetensors with PyTorch: gradients and ten steps of a LeLM of a few thousand numbers.

pip install torch safetensors; python3 make.py
"""

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

torch.manual_seed(5)
D, WIDE, HEADS, LAYERS, SUB, CODES = 16, 24, 2, 2, 1, 20
LYRICS, PROMPT, STYLE, DELAY = 6, 4, 3, 1
LYRICS_ROWS, STRUCTURE_ROWS, STYLE_ROWS = 11, 5, 7
END, SPECIAL = CODES, CODES + 1
PREFIX = LYRICS + PROMPT + STYLE


def names():
    base = "condition_provider.conditioners."
    yield base + "description.output_proj.weight", (LYRICS_ROWS, D)
    yield base + "description.structure_emb.weight", (STRUCTURE_ROWS, D)
    yield base + "type_info.output_proj.weight", (STYLE_ROWS, D)
    yield base + "prompt_audio.EOT_emb", (1, D)
    yield base + "prompt_audio.layer2_EOT_emb", (1, D)
    for row in range(3):
        yield base + f"prompt_audio.emb.{row}.weight", (CODES + 2, D)
    for name in ("emb.0", "layer2_emb.1", "layer2_emb.2"):
        yield name + ".weight", (CODES + 2, D)
    for stack, layers in (("transformer", LAYERS), ("transformer2", SUB)):
        for layer in range(layers):
            at = f"{stack}.model.layers.{layer}."
            yield at + "input_layernorm.weight", (D,)
            for part in "qkvo":
                yield at + f"self_attn.{part}_proj.weight", (D, D)
            yield at + "post_attention_layernorm.weight", (D,)
            yield at + "mlp.gate_proj.weight", (WIDE, D)
            yield at + "mlp.up_proj.weight", (WIDE, D)
            yield at + "mlp.down_proj.weight", (D, WIDE)
        yield stack + ".model.norm.weight", (D,)
    yield "mlp.0.weight", (D, 2 * D)
    yield "mlp.0.bias", (D,)
    yield "mlp.2.weight", (D, D)
    yield "mlp.2.bias", (D,)
    for name in ("transformer.lm_head", "linears.0", "linears.1"):
        yield name + ".weight", (CODES + 1, D)


def initial():
    result = {}
    for name, shape in names():
        value = torch.randn(shape) * 0.4
        result[name] = 1 + value * 0.2 if name.endswith("norm.weight") else value
    return result


def norm(x, weight):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * weight


def rotate(x, positions):
    half = x.shape[-1] // 2
    angle = positions[:, None] * 10000.0 ** (-torch.arange(half) * 2 / x.shape[-1])[None]
    cosine, sine = angle.cos(), angle.sin()
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * cosine - b * sine, b * cosine + a * sine], -1)


def stack(p, name, layers, x):
    length = x.shape[0]
    positions = torch.arange(length).float()
    split = lambda y: y.view(length, HEADS, D // HEADS).transpose(0, 1)
    for layer in range(layers):
        at = f"{name}.model.layers.{layer}."
        h = norm(x, p[at + "input_layernorm.weight"])
        q, k, v = (split(h @ p[at + f"self_attn.{part}_proj.weight"].T) for part in "qkv")
        y = F.scaled_dot_product_attention(
            rotate(q, positions)[None], rotate(k, positions)[None], v[None], is_causal=True)[0]
        x = x + y.transpose(0, 1).reshape(length, D) @ p[at + "self_attn.o_proj.weight"].T
        h = norm(x, p[at + "post_attention_layernorm.weight"])
        gate = F.silu(h @ p[at + "mlp.gate_proj.weight"].T) * (h @ p[at + "mlp.up_proj.weight"].T)
        x = x + gate @ p[at + "mlp.down_proj.weight"].T
    return norm(x, p[name + ".model.norm.weight"])


def prefix(p, song, dual):
    base = "condition_provider.conditioners."
    text = (p[base + "description.output_proj.weight"][song["lyrics"]]
            + p[base + "description.structure_emb.weight"][song["structure"]])
    style = p[base + "type_info.output_proj.weight"][song["style"]]
    if dual:
        end = p[base + "prompt_audio.layer2_EOT_emb"]
        prompt = sum(p[base + f"prompt_audio.emb.{row}.weight"][song["prompt"][row]] for row in (1, 2))
    else:
        end = p[base + "prompt_audio.EOT_emb"]
        prompt = p[base + "prompt_audio.emb.0.weight"][song["prompt"][0]]
    return torch.cat([text, end, prompt, style])


def columns(song):
    frames = song["tokens"].shape[1]
    result = torch.full((3, frames + 1 + DELAY + 1), SPECIAL)
    for row, delay in enumerate((0, DELAY, DELAY)):
        result[row, 1 + delay:1 + delay + frames] = song["tokens"][row]
        result[row, 1 + delay + frames] = END
    return result


def nats(p, song, row, hidden, delay):
    frames = song["tokens"].shape[1]
    head = ("transformer.lm_head", "linears.0", "linears.1")[row]
    logits = hidden[PREFIX + delay:PREFIX + delay + frames + 1] @ p[head + ".weight"].T
    target = torch.cat([song["tokens"][row], torch.tensor([END])])
    return F.cross_entropy(logits, target, reduction="sum")


def mixed(p, song):
    read = columns(song)[0][:-1]
    return stack(p, "transformer", LAYERS, torch.cat([prefix(p, song, False), p["emb.0.weight"][read]]))


def dual(p, song, h1):
    read = columns(song)[:, :-1]
    own = p["layer2_emb.1.weight"][read[1]] + p["layer2_emb.2.weight"][read[2]]
    x = torch.cat([torch.cat([prefix(p, song, True), own]), h1], -1)
    h = F.gelu(x @ p["mlp.0.weight"].T + p["mlp.0.bias"]) @ p["mlp.2.weight"].T + p["mlp.2.bias"]
    return stack(p, "transformer2", SUB, h)


def losses(p, songs, stage):
    tokens = sum(song["tokens"].shape[1] + 1 for song in songs)
    total = [0, 0]
    for song in songs:
        h1 = mixed(p, song)
        if stage == 1:
            total[0] = total[0] + nats(p, song, 0, h1, 0)
        else:
            h2 = dual(p, song, h1.detach())
            for row in (1, 2):
                total[row - 1] = total[row - 1] + nats(p, song, row, h2, DELAY)
    return [value / tokens for value in total if torch.is_tensor(value)]


def is_main(name):
    return not (name.startswith(("transformer2.", "layer2_emb.", "mlp.", "linears."))
                or "layer2_EOT" in name or "emb.1." in name or "emb.2." in name)


def main():
    start = initial()
    songs = []
    for frames, prompted in ((5, False), (9, True)):
        lyrics = torch.randint(0, LYRICS_ROWS, (LYRICS,))
        prompt = torch.randint(0, CODES, (3, PROMPT - 1)) if prompted else torch.full((3, PROMPT - 1), SPECIAL)
        songs.append(dict(
            lyrics=lyrics, structure=torch.randint(0, STRUCTURE_ROWS, (LYRICS,)),
            style=torch.randint(0, STYLE_ROWS, (STYLE,)), prompt=prompt,
            tokens=torch.randint(0, CODES, (3, frames))))
    out = {"value." + name: value for name, value in start.items()}
    for index, song in enumerate(songs):
        for key, value in song.items():
            out[f"song.{index}.{key}"] = value.to(torch.int32)
    for stage in (1, 2):
        p = {name: value.clone().requires_grad_(is_main(name) == (stage == 1))
             for name, value in start.items()}
        trained = [value for value in p.values() if value.requires_grad]
        adam = torch.optim.Adam(trained, lr=0.01, betas=(0.9, 0.98), eps=1e-9)
        course = []
        for step in range(10):
            adam.zero_grad()
            parts = losses(p, songs, stage)
            sum(parts).backward()
            if step == 0:
                out.update({f"gradient.{name}": value.grad.clone()
                            for name, value in p.items() if value.grad is not None})
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            adam.step()
            course.append([float(part.detach()) for part in parts])
        out[f"losses.{stage}"] = torch.tensor(course)
    save_file({name: value.contiguous() for name, value in out.items()}, "training.safetensors")


main()
