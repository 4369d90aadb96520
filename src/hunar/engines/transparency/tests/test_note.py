"""Signed notes and checkpoints against published examples."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.engines import transparency as log

# golang.org/x/mod/sumdb/note, example of the package documentation (a public test key).
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6"
    "KE6RyyBwJnAM=\n"
)
# https://c2sp.org/tlog-checkpoint, the example of the introduction.
SOFA = (
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q"
    "1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)

HUNAR = log.SignerKey("log.example.tm/hunar", bytes(range(32)))
WITNESS = log.SignerKey("witness.example.org", bytes(range(1, 33)))

line_texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
names = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1
).filter(lambda name: "+" not in name)


def test_the_go_example_verifies() -> None:
    key = log.VerifierKey.parse(PETER)
    note = log.verify_note(PETERS_NOTE.encode(), [key])
    assert note.text == PETERS_NOTE.split("\n\n")[0] + "\n"
    assert note.signed_by == (key,)
    assert str(key) == PETER


def test_a_changed_character_breaks_the_go_example() -> None:
    with pytest.raises(log.InvalidSignature) as refused:
        log.verify_note(PETERS_NOTE.replace("answer", "Answer"), [log.VerifierKey.parse(PETER)])
    assert refused.value.code == "invalid-signature"


def test_the_checkpoint_of_the_specification_parses_and_prints_back() -> None:
    text, (signature,) = log.parse_note(SOFA)
    checkpoint = log.Checkpoint.parse(text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert str(checkpoint) == text
    assert signature.name == checkpoint.origin
    assert signature.key_id.hex() == "033de0ae"
    assert text + "\n" + str(signature) == SOFA


@given(st.lists(line_texts, min_size=1), st.lists(st.binary(min_size=32, max_size=32), min_size=1))
def test_what_was_signed_verifies(lines: list[str], seeds: list[bytes]) -> None:
    text = "\n".join(lines) + "\n"
    signers = [log.SignerKey(f"key-{n}", seed) for n, seed in enumerate(seeds)]
    keys = [signer.verifier for signer in signers]
    note = log.verify_note(log.sign_note(text, *signers).encode(), keys)
    assert (note.text, note.signed_by, note.other_signatures) == (text, tuple(keys), ())


@given(names, st.binary(min_size=32, max_size=32))
def test_verifier_keys_survive_their_text_form(name: str, public_key: bytes) -> None:
    key = log.VerifierKey(name, public_key)
    assert log.VerifierKey.parse(str(key)) == key


@given(st.integers(0, (1 << 63) - 1), st.binary(min_size=32, max_size=32), st.lists(line_texts))
def test_checkpoints_survive_their_text_form(size: int, root: bytes, extra: list[str]) -> None:
    extensions = tuple(line for line in extra if line)
    checkpoint = log.Checkpoint("log.example.tm/hunar", size, root, extensions)
    assert log.Checkpoint.parse(str(checkpoint)) == checkpoint


def test_lines_of_unknown_keys_are_kept_but_not_trusted() -> None:
    note = log.sign_note("text\n", HUNAR, WITNESS)
    verified = log.verify_note(note, [WITNESS.verifier])
    assert verified.signed_by == (WITNESS.verifier,)
    assert [line.name for line in verified.other_signatures] == [HUNAR.name]


def test_a_note_nobody_trusted_signed_is_refused() -> None:
    impostor = log.SignerKey(HUNAR.name, bytes(32))
    with pytest.raises(log.NoTrustedSignature):
        log.verify_note(log.sign_note("text\n", impostor), [HUNAR.verifier])
    with pytest.raises(log.NoTrustedSignature):
        log.verify_note(log.sign_note("text\n", HUNAR), [])


def test_one_broken_line_of_a_trusted_key_spoils_the_note() -> None:
    text, (good, other) = log.parse_note(log.sign_note("text\n", HUNAR, WITNESS))
    broken = log.Signature(other.name, other.key_id, good.signature)
    note = text + "\n" + str(good) + str(broken)
    with pytest.raises(log.InvalidSignature):
        log.verify_note(note, [HUNAR.verifier, WITNESS.verifier])


def test_signatures_made_elsewhere_can_be_added() -> None:
    _, lines = log.parse_note(log.sign_note("text\n", WITNESS))
    both = log.sign_note("text\n", HUNAR, keep=lines)
    keys = [HUNAR.verifier, WITNESS.verifier]
    assert log.verify_note(both, keys).signed_by == (WITNESS.verifier, HUNAR.verifier)


GOOD_LINE = str(log.parse_note(log.sign_note("text\n", HUNAR))[1][0])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n" + GOOD_LINE,
        "text\n\n" + GOOD_LINE.rstrip("\n"),
        "text\n\n" + GOOD_LINE.replace("—", "-"),
        "text\n\n" + GOOD_LINE.replace("=", ""),
        "text\n\n" + GOOD_LINE.replace("log.", "log+"),
        "text\n\n— name AAAAAA==\n",
        "te\txt\n\n" + GOOD_LINE,
        "text\r\n\n" + GOOD_LINE,
        "text\n\n" + GOOD_LINE * 101,
        b"\xff\n\n" + GOOD_LINE.encode(),
    ],
)
def test_what_is_not_a_note_is_refused(note: str | bytes) -> None:
    with pytest.raises(log.MalformedNote):
        log.verify_note(note, [HUNAR.verifier])


def test_base64_with_stray_bits_is_refused() -> None:
    whole = log.sign_note("text\n", HUNAR)
    position = whole.rindex("=") - 1
    stray = chr(ord(whole[position]) + 1)
    assert base64.b64decode(whole.split()[-1]) == base64.b64decode(
        (whole[:position] + stray + whole[position + 1 :]).split()[-1]
    )
    with pytest.raises(log.MalformedNote):
        log.parse_note(whole[:position] + stray + whole[position + 1 :])


@pytest.mark.parametrize("text", ["no newline", "", "tab\t\n", "lone \ud800\n"])
def test_texts_that_cannot_be_notes_are_not_signed(text: str) -> None:
    with pytest.raises(log.MalformedNote):
        log.sign_note(text, HUNAR)


def test_a_note_without_signers_is_refused() -> None:
    with pytest.raises(log.MalformedNote):
        log.sign_note("text\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        PETER.replace("c74f20a3", "c74f20a4"),
        PETER.replace("c74f20a3", "C74F20A3"),
        PETER.replace("PeterNeumann", "Peter Neumann"),
        PETER.replace("+ARpc", "+AhPc"),
        PETER[:-4],
        PETER.replace("+", " "),
    ],
)
def test_malformed_verifier_keys_are_refused(text: str) -> None:
    with pytest.raises(log.MalformedKey):
        log.VerifierKey.parse(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\u00a0b", "a\nb"])
def test_key_names_of_another_form_are_refused(name: str) -> None:
    with pytest.raises(log.MalformedKey):
        log.SignerKey(name, bytes(32))


def test_a_signer_never_prints_its_seed() -> None:
    signer = log.SignerKey.generate("log.example.tm/hunar")
    assert signer.seed.hex() not in repr(signer)
    assert repr(signer) == "SignerKey(name='log.example.tm/hunar')"
    assert log.SignerKey.generate(signer.name).seed != signer.seed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n1\n",
        "\n1\n" + "A" * 43 + "=\n",
        "origin\n01\n" + "A" * 43 + "=\n",
        "origin\n-1\n" + "A" * 43 + "=\n",
        "origin\n١\n" + "A" * 43 + "=\n",
        "origin\n9223372036854775808\n" + "A" * 43 + "=\n",
        "origin\n1\nAAAA\n",
        "origin\n1\n" + "A" * 42 + "B=\n",
        "origin\n1\n" + "A" * 43 + "=",
        "origin\n1\n" + "A" * 43 + "=\n\n",
    ],
)
def test_malformed_checkpoints_are_refused(text: str) -> None:
    with pytest.raises(log.MalformedCheckpoint):
        log.Checkpoint.parse(text)


def test_a_checkpoint_of_another_log_is_refused() -> None:
    head = log.Checkpoint("log.example.tm/hunar", 0, log.EMPTY_ROOT)
    note = log.sign_checkpoint(head, HUNAR)
    assert log.open_checkpoint(note, [HUNAR.verifier], origin=head.origin) == head
    with pytest.raises(log.WrongOrigin):
        log.open_checkpoint(note, [HUNAR.verifier], origin="log.example.tm/other")
