"""Writes a folder as --finbert takes it, with a classifier so small that its answers can be worked out by hand.

Each word of the vocabulary votes for one label, and the shares are the softmax of the summed votes. It proves that a
folder is loaded and read, and nothing about FinBERT. Needs: pip install onnx==1.23.2. Use: tiny_classifier.py FOLDER
"""

import json
import pathlib
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "profit", "rose", "fell", "acme", "loss"]
LABELS = ["positive", "negative", "neutral"]
VOTES = {"rose": (4, 0, 0), "fell": (0, 4, 0), "loss": (0, 4, 0), "acme": (0, 0, 1)}

folder = pathlib.Path(sys.argv[1])
(folder / "onnx").mkdir(parents=True, exist_ok=True)


def write(name, value):
    (folder / name).write_text(json.dumps(value))


write(
    "config.json",
    {
        "model_type": "bert",
        "architectures": ["BertForSequenceClassification"],
        "id2label": {str(at): label for at, label in enumerate(LABELS)},
        "label2id": {label: at for at, label in enumerate(LABELS)},
        "vocab_size": len(VOCABULARY),
        "pad_token_id": 0,
    },
)
write(
    "tokenizer_config.json",
    {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": 64, "pad_token": "[PAD]", "unk_token": "[UNK]"},
)
special = [
    {"id": at, "content": word, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    for at, word in enumerate(VOCABULARY[:5])
]
write(
    "tokenizer.json",
    {
        "version": "1.0",
        "added_tokens": special,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {
                "[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]},
            },
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": {word: at for at, word in enumerate(VOCABULARY)},
        },
    },
)

votes = numpy.array([VOTES.get(word, (0, 0, 0)) for word in VOCABULARY], dtype=numpy.float32)
shape = ["batch", "length"]
graph = helper.make_graph(
    [
        helper.make_node("Gather", ["votes", "input_ids"], ["each"]),
        helper.make_node("ReduceSum", ["each", "axis"], ["logits"], keepdims=0),
    ],
    "votes",
    [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask", "token_type_ids")],
    [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", len(LABELS)])],
    [numpy_helper.from_array(votes, "votes"), numpy_helper.from_array(numpy.array([1], dtype=numpy.int64), "axis")],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, folder / "onnx" / "model.onnx")
