"""What users of other image servers suffer from: each is shown not to happen, or has its reason.

The table names tests of this folder. A test that is renamed or removed has to be replaced here.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


# What people suffer from; the tests that show that it does not happen here.
SHOWN = {
    "memory runs out on big images, and its size must be guessed": (
        "imaging/test_peak_bytes.py::test_estimate_holds_what_was_measured",
        "workflows/test_drawing.py::test_memory_of_large_pictures_stays_within_the_budget",
        "large/test_large_masters.py::test_it_is_taken_in_within_500_megabytes_and_served",
    ),
    "threads run out under load": (
        "workflows/test_drawing.py::test_threads_are_left_for_tiles",
        "web/test_drawing_served.py::test_hostile_mix_is_answered_or_put_off_and_memory_stays_bounded",
        "web/test_sending.py::test_turn_of_a_client_that_takes_nothing_ends_by_itself",
    ),
    "a ceiling of 31 bits for sizes": (
        "large/test_large_masters.py::test_it_is_taken_in_within_500_megabytes_and_served",
        "iiif/test_geometry.py::test_huge_numbers_are_exact",
        "web/test_coded_pictures.py::test_a_panorama_of_200_000_pixels_is_served_to_its_last_one",
    ),
    "JPEG 2000 is slow with free codecs": (
        "imaging/test_packs.py::test_packs_are_cut_from_every_format",
        "workflows/test_deliver.py::test_stored_tile_leaves_as_it_lies_in_the_pack",
    ),
    "masters without tiles take a minute a tile": (
        "imaging/test_packs.py::test_packs_are_cut_from_every_compression_of_tiff",
        "imaging/test_render.py::test_only_the_tiles_that_are_touched_are_read",
        "imaging/test_render.py::test_work_is_in_proportion_to_what_is_drawn",
    ),
    "caches are cold, so people write scripts that warm them": (
        (
            "conformance/test_openseadragon_tiles.py"
            "::test_every_tile_that_openseadragon_asks_for_is_stored_and_exact"
        ),
        "imaging/test_thumbnails.py::test_what_viewers_ask_for_is_stored",
    ),
    "a stampede on one picture draws it many times, or breaks it": (
        "web/test_drawing_served.py::test_fifty_cold_requests_for_the_same_picture_draw_it_once",
        "workflows/test_drawing.py::test_one_process_waits_for_the_drawing_of_another",
    ),
    "the wrong picture comes out of the cache": (
        "workflows/test_deliver.py::test_different_requests_have_different_tags",
        "fuzz/test_any_image_request.py::test_a_wrong_picture_would_be_noticed",
        "fuzz/test_random_paths.py::test_random_addresses_are_answered_rightly",
    ),
    "processes that share a cache race": (
        "storage/test_derivatives.py::test_turn_of_a_killed_process_is_free_at_once",
        "storage/test_derivatives.py::test_damaged_file_is_never_given",
        "storage/test_stored_packs.py::test_threads_read_the_right_packs_while_others_let_them_go",
    ),
    "one image cannot be made anew": (
        (
            "cli/test_records_commands.py"
            "::test_derive_makes_what_is_missing_and_rebuild_makes_it_again"
        ),
        "workflows/test_derive.py::test_damaged_pack_is_mended_by_rebuilding_it",
    ),
    "profiles are lost, and a broken one kills the tile": (
        "imaging/test_true_colours.py::test_matrix_profiles_come_out_by_their_matrices",
        "imaging/test_masters.py::test_profile_that_cannot_be_used_is_passed_over",
    ),
    "tiles have seams, steps, and a line of garbage at the end": (
        "imaging/test_true_edges.py::test_neighbours_meet_without_a_seam",
        "imaging/test_true_edges.py::test_every_tile_of_every_level_shows_its_own_pixels",
        "iiif/test_geometry.py::test_tile_of_openseadragon_issue_2701_is_1024_high_and_not_1027",
    ),
    "info.json describes another pyramid": (
        "iiif/test_info.py::test_sizes_are_exactly_the_levels_ascending",
        "iiif/test_info.py::test_every_listed_size_can_be_had_as_it_is_listed",
        (
            "conformance/test_openseadragon_tiles.py"
            "::test_the_levels_that_openseadragon_climbs_are_the_declared_factors"
        ),
    ),
    "tiles at the edge were never made": (
        "imaging/test_packs.py::test_pack_holds_exactly_the_tiles_of_its_pyramid",
        "iiif/test_tiles.py::test_tiles_of_a_level_cover_the_image_without_overlap",
    ),
    "slashes, %2F, + and spaces in identifiers": (
        "web/test_web_attacks.py::test_an_odd_identifier_is_no_identifier",
        (
            "conformance/test_iiif_validator.py"
            "::test_an_escaped_letter_of_the_identifier_is_the_letter"
        ),
    ),
    "behind a proxy the id is another, http for https": (
        "cli/test_ingest_command.py::test_manifests_carry_the_public_address_of_the_settings",
        "web/test_tile_path.py::test_a_public_address_that_was_set_is_used_whatever_host_is_named",
        "web/test_web_attacks.py::test_no_word_of_a_host_is_kept_when_a_public_address_is_set",
    ),
    "CORS is missing, on pictures and on errors": (
        "web/test_web_headers.py::test_what_other_sites_may_read_says_so_and_is_never_sniffed",
        "web/test_web_problems.py::test_every_refusal_can_be_read_by_pages_of_other_sites",
    ),
    "the limit against decompression bombs is a 500, or is off": (
        (
            "imaging/test_decoding.py::test_a_decompression_bomb_runs_into_the_limit_of_memory"
            "_and_the_next_file_goes_in"
        ),
        "imaging/test_probe.py::test_declared_pixels_are_checked_before_anything_is_decoded",
    ),
    "a malformed address stops the process": (
        "fuzz/test_random_paths.py::test_random_addresses_are_answered_rightly",
        "iiif/test_image_request.py::test_any_text_is_read_or_refused_and_nothing_else",
    ),
    "500 where 400 is due": (
        "fuzz/test_any_image_request.py::test_hostile_request_is_answered_by_one_sentence",
        "web/test_web_attacks.py::test_no_request_is_a_fault_of_ours",
    ),
    "paths lead out of the folder of images": (
        "storage/test_local_store.py::test_safe_key_stays_below_the_directory",
        "web/test_web_attacks.py::test_an_odd_identifier_is_no_identifier",
    ),
    "16 bits, min-is-white, CMYK and planes come out wrong": (
        "imaging/test_true_colours.py::test_min_is_white_is_turned_round",
        "imaging/test_true_colours.py::test_planes_of_a_tiff_are_its_channels",
        "imaging/test_true_colours.py::test_cmyk_with_a_profile_comes_out_as_lab_of_its_inks_says",
        (
            "imaging/test_true_colours.py"
            "::test_sixteen_bits_are_brought_to_the_nearest_level_or_the_one_below"
        ),
    ),
    "the orientation of EXIF is passed over, or applied twice": (
        "imaging/test_masters.py::test_every_orientation_comes_out_upright",
        "imaging/test_masters.py::test_orientation_of_avif_is_applied_once",
        "workflows/test_master_formats.py::test_a_turned_master_is_served_upright",
    ),
    "transparency comes out black, or its tiles empty": (
        "web/test_transparent_pictures.py::test_what_is_transparent_is_white_elsewhere",
        "web/test_transparent_pictures.py::test_transparency_is_kept_where_the_format_can",
    ),
    "HEIC is taken by no image server, and comes as application/octet-stream": (
        "imaging/test_extra_masters.py::test_heic_of_a_phone_is_described",
        "imaging/test_signatures.py::test_masters_are_known_by_their_first_bytes",
    ),
    "requests that were abandoned go on": (
        (
            "web/test_drawing_served.py"
            "::test_client_that_disconnects_costs_nothing_after_the_running_step"
        ),
        "workflows/test_drawing.py::test_picture_whose_client_left_while_it_waited_is_not_drawn",
    ),
    "nothing to validate a copy by, or no life for one": (
        "web/test_web_headers.py::test_what_is_unchanged_is_304_with_what_caches_need",
        "web/test_web_headers.py::test_caches_keep_a_picture_as_long_as_it_cannot_be_taken_back",
        "workflows/test_derive.py::test_rebuilt_pack_of_the_same_master_has_the_same_tag",
    ),
    "another party's server is down, and the viewer with it": (
        "web/test_web_headers.py::test_a_page_runs_nothing_but_the_archive_s_own_scripts",
    ),
    "hundreds of settings": (
        "test_config.py::test_defaults_are_those_of_a_laptop",
        "test_config.py::test_readme_documents_the_setting",
        "test_config.py::test_unknown_variable_is_named",
    ),
    "tiles are decoded to be encoded again": (
        "workflows/test_deliver.py::test_stored_tile_leaves_as_it_lies_in_the_pack",
        (
            "web/test_tile_path.py"
            "::test_every_spelling_of_every_stored_tile_is_answered_alike_and_without_flask"
        ),
    ),
    "viewers ask for thumbnails that were never made": (
        "imaging/test_thumbnails.py::test_what_viewers_ask_for_is_stored",
        "workflows/test_derive.py::test_thumbnail_is_stored_in_new_packs_and_drawn_from_old_ones",
    ),
    "WebP and AVIF are wanted, and viewers ask by the ending or not at all": (
        (
            "web/test_head_and_vary.py"
            "::test_a_picture_is_in_the_format_of_its_address_whatever_a_browser_would_rather_have"
        ),
        "iiif/test_info.py::test_every_listed_format_and_quality_can_be_asked_for",
    ),
    "temporary files fill the disk, and ?t= breaks the address": (
        "workflows/test_derive.py::test_making_a_pack_leaves_nothing_beside_it",
        "storage/test_derivatives.py::test_what_a_killed_process_left_aside_is_removed",
        "web/test_tile_path.py::test_whatever_is_asked_is_answered_alike",
    ),
}
# What cannot happen here, or is left to others; README, *Limits*, says the second kind.
REASONS = {
    "functions without a server start cold and cut answers off": "This is a server that stays.",
    "robots and scrapers take all there is": (
        "What they ask for costs as little as a file (tiles), or waits in a lane that leaves the "
        "others alone (drawings); who asks too much is turned away by the server in front."
    ),
    "masters in S3 are slow and tricky": (
        "Masters and packs lie in a directory; another store would keep to the contract of "
        "tests/storage/storage_contract.py."
    ),
}


def test_all_thirty_six_are_answered():
    assert len(SHOWN) + len(REASONS) == 36
    assert not set(SHOWN) & set(REASONS)


@pytest.mark.parametrize("pain", SHOWN)
def test_what_shows_that_it_does_not_happen_is_there(pain):
    for place in SHOWN[pain]:
        file, _, name = place.partition("::")
        tree = ast.parse((TESTS / file).read_text("utf-8"))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
