import LeLM
import ModelImport
import Testing
import Weights

@Suite struct InventoryTests {
  @Test func countsOfTheOfficialLanguageModels() {
    for (large, tensors, parameters) in [
      (false, 386, 2_829_577_728), (true, 458, 5_122_320_384),
    ] {
      let inventory = Inventory.languageModel(
        .official(large: large), lyricsRows: 151659, styleRows: 151646,
        structureRows: 200)
      #expect(inventory.items.count == tensors)
      #expect(Set(inventory.items.map(\.name)).count == tensors)
      #expect(inventory.items.map { $0.shape.reduce(1, *) }.reduce(0, +) == parameters)
    }
  }
}
