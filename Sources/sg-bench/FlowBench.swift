import MusicCodec
import Neural
import Weights

/// The flow network at official sizes, random weights.
func randomFlow() throws -> FlowModel {
  let (width, condition, latent) = (2200, 1024, 64)
  var tensors = RandomTensors()
  tensors.add("mask_emb.weight", 3, 24)
  tensors.add("zero_cond_embedding1", condition)
  tensors.add("normfeat.counts", 1)
  tensors.add("normfeat.sum_x", latent)
  tensors.add("normfeat.sum_x2", latent)
  for name in ["rvq_bestrq_emb", "rvq_bestrq_bgm_emb"] {
    let key = name + ".quantizers.0."
    tensors.add(key + "codebook.weight", 16384, 32)
    tensors.add(key + "out_proj.weight_g", condition, 1, 1)
    tensors.add(key + "out_proj.weight_v", condition, 32, 1)
    tensors.add(key + "out_proj.bias", condition)
  }
  let prefix = "cfm_wrapper.estimator."
  tensors.add(prefix + "wpe.weight", 1000, width)
  func linear(_ name: String, _ shape: (Int, Int), bias: Int) {
    tensors.add(prefix + name + ".weight", shape.0, shape.1)
    tensors.add(prefix + name + ".bias", bias)
  }
  let time = "adaln_single.emb.timestep_embedder.linear_"
  linear(time + "1", (width, 512), bias: width)
  linear(time + "2", (width, width), bias: width)
  linear("adaln_single.linear", (6 * width, width), bias: 6 * width)
  linear("proj_out", (width, width), bias: width)
  for layer in 0..<16 {
    let key = "h.\(layer)."
    linear(key + "attn.c_attn", (width, 3 * width), bias: 3 * width)
    linear(key + "attn.c_proj", (width, width), bias: width)
    linear(key + "mlp.c_fc", (width, 2 * width), bias: 2 * width)
    linear(key + "mlp.c_proj", (2 * width, width), bias: width)
    tensors.add(prefix + key + "scale_shift_table", 6, width)
    for norm in ["ln_1", "ln_2"] {
      tensors.add(prefix + key + norm + ".weight", width)
      tensors.add(prefix + key + norm + ".bias", width)
    }
  }
  tensors.add(prefix + "ln_f.weight", width)
  tensors.add(prefix + "ln_f.bias", width)
  tensors.add(prefix + "scale_shift_table", 2, width)
  return try FlowModel(tensors.file(named: "random flow"))
}

/// Seconds per Euler step of a window of 1000 frames with guidance: two branches as one batch.
func flowBench(runs: Int, pool: ThreadPool) throws -> Timing {
  let model = try randomFlow()
  let work = FlowWorkspace(model.shape, branches: 2, frames: 1000)
  let velocity = FloatBuffer(count: work.rows * model.shape.latent)
  return Timing(runs: runs) {
    Philox(seed: 1, stream: 0).fillNormals(work.hidden.elements, at: 0)
    model.estimator.run(
      work, time: model.estimator.prepare(0.3, pool: pool), velocity: velocity.base, pool: pool)
  }
}
