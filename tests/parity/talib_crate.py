"""The witnesses of what only the crate ta-lib has: its values, from a file."""

from __future__ import annotations

from typing import Any

from tests.parity.witness import REAL, Golden, Witness


def crate(rule: str, *columns: str, **heard: Any) -> Golden:
    """Columns of the crate's file, on both real files and two generated markets."""
    return Golden(
        rule=rule,
        tool="talib_crate",
        columns=columns,
        markets=(*REAL, "walk", "ties"),
        **({"near_zero": 1e-11} | heard),
    )


CRATE: dict[str, list[Witness]] = {
    "choppiness": [crate("choppiness(14)", "chop_14")],
    "talib.chop": [crate("talib.chop()", "chop_14")],
    "choppiness_tr": [crate("choppiness_tr(9)", "choptr_9")],
    "talib.choptr": [crate("talib.choptr(9)", "choptr_9")],
    "cti": [crate("cti(close, 20)", "cti_20")],
    "talib.cti": [crate("talib.cti(close)", "cti_20")],
    "talib.ichimoku": [
        crate(
            "talib.ichimoku()",
            "ichimoku_9_26_52_tenkansen",
            "ichimoku_9_26_52_kijunsen",
            "ichimoku_9_26_52_senkouspana",
            "ichimoku_9_26_52_senkouspanb",
        )
    ],
    "bb_width": [crate("bb_width(close, 20, 2)", "bbw_20_2_2_0")],
    "talib.bbw": [crate("talib.bbw(close, 10, 2, 1.5, 'ema')", "bbw_10_2_1p5_1")],
    "percent_b": [crate("percent_b(close, 20, 2)", "percentb_20_2_2_0", relative=1e-08)],
    "talib.percentb": [crate("talib.percentb(close, 10, 2, 1.5, 'ema')", "percentb_10_2_1p5_1", relative=1e-08)],
    "cog": [crate("cog(close, 10)", "cg_10")],
    "talib.cg": [crate("talib.cg(close)", "cg_10")],
    "talib.fisher": [crate("talib.fisher(10)", "fisher_10_fisher", "fisher_10_trigger")],
    "ease_of_movement": [crate("ease_of_movement(14, 10000)", "emv_14_10000")],
    "talib.emv": [crate("talib.emv()", "emv_14_10000")],
    "klinger": [crate("klinger(34, 55, 13)", "kvo_34_55_13_kvo", "kvo_34_55_13_kvosignal")],
    "ibs": [crate("ibs()", "ibs")],
    "talib.ibs": [crate("talib.ibs()", "ibs")],
    "mcginley": [crate("mcginley(close, 14)", "mcgd_14")],
    "talib.mcgd": [crate("talib.mcgd(close, 5)", "mcgd_5")],
    "chande_kroll_stop": [crate("chande_kroll_stop(10, 1, 9)", "cksp_10_1_9_highstop", "cksp_10_1_9_lowstop")],
    "talib.cksp": [crate("talib.cksp()", "cksp_10_1_9_highstop", "cksp_10_1_9_lowstop")],
    "kst": [crate("kst(close)", "kst_10_15_20_30_10_10_10_15_9_kst", "kst_10_15_20_30_10_10_10_15_9_kstsignal")],
    "talib.kst": [
        crate("talib.kst(close)", "kst_10_15_20_30_10_10_10_15_9_kst", "kst_10_15_20_30_10_10_10_15_9_kstsignal")
    ],
    "gaussian": [crate("gaussian(close, 20)", "swak_gauss_20")],
    "talib.swak_gauss": [crate("talib.swak_gauss(close)", "swak_gauss_20")],
    "butterworth": [crate("butterworth(close, 20)", "swak_butter_20")],
    "talib.swak_butter": [crate("talib.swak_butter(close)", "swak_butter_20")],
    "high_pass": [crate("high_pass(close, 20)", "swak_hp_20")],
    "talib.swak_hp": [crate("talib.swak_hp(close)", "swak_hp_20")],
    "high_pass2": [crate("high_pass2(close, 20)", "swak_2php_20")],
    "talib.swak_2php": [crate("talib.swak_2php(close)", "swak_2php_20")],
    "band_pass": [crate("band_pass(close, 20, 0.1)", "swak_bp_20_0p1")],
    "talib.swak_bp": [crate("talib.swak_bp(close)", "swak_bp_20_0p1")],
    "connors_rsi": [crate("connors_rsi(close, 3, 2, 100)", "crsi_3_2_100")],
    "talib.crsi": [crate("talib.crsi(close)", "crsi_3_2_100")],
    "wavetrend": [crate("wavetrend(5, 7, 4)", "wavetrend_5_7_4_wt1", "wavetrend_5_7_4_wt2", seeds_differ=True)],
    "talib.wavetrend": [crate("talib.wavetrend()", "wavetrend_10_21_4_wt1", "wavetrend_10_21_4_wt2")],
    "derivative_osc": [crate("derivative_osc(close, 5, 5, 3, 9)", "dosc_5_5_3_9", seeds_differ=True)],
    "talib.dosc": [crate("talib.dosc(close)", "dosc_14_5_3_9")],
    "rogers_satchell": [crate("rogers_satchell(10, 252)", "rogerssatchell_10_252")],
    "talib.rogerssatchell": [crate("talib.rogerssatchell()", "rogerssatchell_10_252")],
    "relative_volatility_hl": [crate("relative_volatility_hl(14, 10)", "rvir_14_10")],
    "talib.rvir": [crate("talib.rvir()", "rvir_14_10")],
    "premier_stochastic": [crate("premier_stochastic(8, 5)", "pso_8_5", seeds_differ=True)],
    "talib.pso": [crate("talib.pso()", "pso_8_5")],
    "swing_index": [crate("swing_index(3)", "si_3")],
    "talib.si": [crate("talib.si()", "si_3")],
    "accumulative_swing_index": [crate("accumulative_swing_index(3)", "asi_3")],
    "talib.asi": [crate("talib.asi()", "asi_3")],
    "frama": [crate("frama(16)", "frama_16")],
    "talib.frama": [crate("talib.frama()", "frama_16")],
    "stc": [crate("stc(close, 5, 9, 6)", "stc_5_9_6", seeds_differ=True)],
    "talib.stc": [crate("talib.stc(close)", "stc_23_50_10", relative=1e-07)],
    "squeeze": [crate("squeeze()", "sqzmom_20_2_20_2_1p5_1_momentum", "sqzmom_20_2_20_2_1p5_1_squeeze")],
    "talib.sqzmom": [crate("talib.sqzmom()", "sqzmom_20_2_20_2_1p5_1_momentum", "sqzmom_20_2_20_2_1p5_1_squeeze")],
    "talib.zigzag": [crate("talib.zigzag(2, 3)", "zigzag_2_3_zigzag", "zigzag_2_3_trend", "zigzag_2_3_pivotidx")],
    "talib.alma": [crate("talib.alma(close)", "alma_9_6_0p85")],
    "kurtosis": [crate("kurtosis(close, 30)", "kurtosis_30", relative=1e-08)],
    "talib.kurtosis": [crate("talib.kurtosis(close)", "kurtosis_30", relative=1e-08)],
    "talib.vidya": [crate("talib.vidya(close)", "vidya_12_9")],
    "talib.median": [crate("talib.median(close)", "median_30")],
}
