"""Territories — *territoires · المجالات الترابية*: the 12 regions, 75 provinces and prefectures, 1,503 communes.

From the Haut-Commissariat au Plan (census of 2024). Names are spelt in many ways: `finding` copes with them.
"""
