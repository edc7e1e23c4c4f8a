#include "CDefaultModel.h"

// Page-aligned, so that a mapped tensor is as aligned here as in a file of its own.
#define EMBEDDED static const unsigned char __attribute__((aligned(4096)))

#pragma clang diagnostic ignored "-Wc23-extensions"

EMBEDDED file_sg_model_json[] = {
#embed "model/sg-model.json"
};
EMBEDDED file_config_yaml[] = {
#embed "model/config.yaml"
};
EMBEDDED file_conf_vocab_yaml[] = {
#embed "model/conf/vocab.yaml"
};
EMBEDDED file_lm_safetensors[] = {
#embed "model/lm.safetensors"
};
EMBEDDED file_codec_safetensors[] = {
#embed "model/codec.safetensors"
};
EMBEDDED file_codec_1rvq_safetensors[] = {
#embed "model/codec-1rvq.safetensors"
};
EMBEDDED file_vae_safetensors[] = {
#embed "model/vae.safetensors"
};
EMBEDDED file_vae_json[] = {
#embed "model/vae.json"
};
EMBEDDED file_token_statistics[] = {
#embed "model/token-statistics.safetensors"
};
EMBEDDED file_tokenizer_vocab_json[] = {
#embed "model/tokenizer/vocab.json"
};
EMBEDDED file_tokenizer_merges_txt[] = {
#embed "model/tokenizer/merges.txt"
};
EMBEDDED file_tokenizer_tokenizer_config_json[] = {
#embed "model/tokenizer/tokenizer_config.json"
};
EMBEDDED file_tokenizer_lexicon_txt[] = {
#embed "model/tokenizer/lexicon.txt"
};
EMBEDDED file_tokenizer_lexicon_license[] = {
#embed "model/tokenizer/LEXICON-LICENSE"
};

static const struct sg_embedded_file files[] = {
    {"sg-model.json", file_sg_model_json, sizeof file_sg_model_json},
    {"config.yaml", file_config_yaml, sizeof file_config_yaml},
    {"conf/vocab.yaml", file_conf_vocab_yaml, sizeof file_conf_vocab_yaml},
    {"lm.safetensors", file_lm_safetensors, sizeof file_lm_safetensors},
    {"codec.safetensors", file_codec_safetensors, sizeof file_codec_safetensors},
    {"codec-1rvq.safetensors", file_codec_1rvq_safetensors, sizeof file_codec_1rvq_safetensors},
    {"vae.safetensors", file_vae_safetensors, sizeof file_vae_safetensors},
    {"vae.json", file_vae_json, sizeof file_vae_json},
    {"token-statistics.safetensors", file_token_statistics, sizeof file_token_statistics},
    {"tokenizer/vocab.json", file_tokenizer_vocab_json, sizeof file_tokenizer_vocab_json},
    {"tokenizer/merges.txt", file_tokenizer_merges_txt, sizeof file_tokenizer_merges_txt},
    {"tokenizer/tokenizer_config.json", file_tokenizer_tokenizer_config_json, sizeof file_tokenizer_tokenizer_config_json},
    {"tokenizer/lexicon.txt", file_tokenizer_lexicon_txt, sizeof file_tokenizer_lexicon_txt},
    {"tokenizer/LEXICON-LICENSE", file_tokenizer_lexicon_license, sizeof file_tokenizer_lexicon_license},
};

size_t sg_embedded_file_count(void) { return sizeof files / sizeof files[0]; }

struct sg_embedded_file sg_embedded_file_at(size_t index) { return files[index]; }
